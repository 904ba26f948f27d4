import type { types } from 'mediasoup';

export interface SpeakerListener {
  /** Null when nobody speaks. */
  active(trackId: string | null): void;
  /** dBov per track that can be heard now; empty in silence. */
  levels(levels: ReadonlyMap<string, number>): void;
}

/** Often enough for a level meter that looks alive, rarely enough to cost nothing. */
const LEVEL_INTERVAL_MS = 200;
const SPEAKER_INTERVAL_MS = 300;
/** dBov below which a microphone counts as silent: above the noise floor of a quiet room. */
const THRESHOLD_DBOV = -60;
const LOUDEST = 12;

/** Who speaks and how loud, for the microphones of a room. */
export class Speakers {
  private current: string | null = null;

  private constructor(
    private readonly active: types.ActiveSpeakerObserver,
    private readonly loudness: types.AudioLevelObserver,
  ) {}

  static async open(router: types.Router, listener: SpeakerListener): Promise<Speakers> {
    const active = await router.createActiveSpeakerObserver({ interval: SPEAKER_INTERVAL_MS });
    const loudness = await router.createAudioLevelObserver({
      interval: LEVEL_INTERVAL_MS,
      threshold: THRESHOLD_DBOV,
      maxEntries: LOUDEST,
    });
    const speakers = new Speakers(active, loudness);
    speakers.observe(listener);
    return speakers;
  }

  async add(producerId: string): Promise<void> {
    await Promise.all([this.active.addProducer({ producerId }), this.loudness.addProducer({ producerId })]);
  }

  private observe(listener: SpeakerListener): void {
    const become = (trackId: string | null) => {
      if (this.current === trackId) return;
      this.current = trackId;
      listener.active(trackId);
    };
    this.active.on('dominantspeaker', ({ producer }) => become(producer.id));
    this.loudness.on('volumes', (volumes) => {
      listener.levels(new Map(volumes.map(({ producer, volume }) => [producer.id, volume])));
      // The dominant speaker is told once; after a pause the loudest is the best guess until the next change.
      if (this.current === null && volumes[0]) become(volumes[0].producer.id);
    });
    this.loudness.on('silence', () => {
      listener.levels(new Map());
      become(null);
    });
  }
}
