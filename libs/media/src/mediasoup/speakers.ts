import type { types } from 'mediasoup';
import { SpeakerChoice } from './speaker-choice.js';

export interface SpeakerListener {
  /** Null when nobody speaks. */
  active(trackId: string | null): void;
  /** dBov per track that can be heard now; empty in silence. */
  levels(levels: ReadonlyMap<string, number>): void;
}

/**
 * mediasoup's observer leaves out whoever sent fewer than ten packets in an interval. Opus sends one in 20 ms, so 200 ms would
 * need every one of them in time; a busy machine sends nine and eleven by turns, and hardly anybody would be heard. Much longer,
 * and a short word drowns in the silence around it, since the level is the interval's mean.
 */
const LEVEL_INTERVAL_MS = 300;
const SPEAKER_INTERVAL_MS = 300;
/** dBov below which a microphone counts as silent: above the noise floor of a quiet room. */
const THRESHOLD_DBOV = -60;
const LOUDEST = 12;
/** When to look whether a silence lasts. */
const SILENCE_MS = 1_500;

/** Who speaks and how loud, for the microphones of a room. */
export class Speakers {
  private readonly choice: SpeakerChoice;

  private constructor(
    private readonly active: types.ActiveSpeakerObserver,
    private readonly loudness: types.AudioLevelObserver,
    listener: SpeakerListener,
  ) {
    this.choice = new SpeakerChoice((trackId) => listener.active(trackId));
    this.observe(listener);
  }

  static async open(router: types.Router, listener: SpeakerListener): Promise<Speakers> {
    const active = await router.createActiveSpeakerObserver({ interval: SPEAKER_INTERVAL_MS });
    const loudness = await router.createAudioLevelObserver({
      interval: LEVEL_INTERVAL_MS,
      threshold: THRESHOLD_DBOV,
      maxEntries: LOUDEST,
    });
    return new Speakers(active, loudness, listener);
  }

  /** Track of who speaks now. */
  get current(): string | null {
    return this.choice.current;
  }

  async add(producerId: string): Promise<void> {
    await Promise.all([this.active.addProducer({ producerId }), this.loudness.addProducer({ producerId })]);
  }

  /** The track is gone; the observers know by themselves. */
  forget(trackId: string): void {
    this.choice.forget(trackId, performance.now());
  }

  private observe(listener: SpeakerListener): void {
    const { choice } = this;
    const hears = (levels: ReadonlyMap<string, number>) => {
      listener.levels(levels);
      choice.hears(levels, performance.now());
    };
    this.active.on('dominantspeaker', ({ producer }) => choice.dominates(producer.id, performance.now()));
    this.loudness.on('volumes', (volumes) =>
      hears(new Map(volumes.map(({ producer, volume }) => [producer.id, volume]))),
    );
    this.loudness.on('silence', () => {
      hears(new Map());
      setTimeout(() => choice.review(performance.now()), SILENCE_MS).unref();
    });
  }
}
