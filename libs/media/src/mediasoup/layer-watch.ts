import { highestWanted, NOBODY, type View } from '../engine/layers.js';
import type { PublishedTrack } from './published-track.js';

/** A layer rests only after nobody wanted it for this long: people scroll and resize, and starting costs a key frame. */
const REST_AFTER_MS = 3_000;

type Layered = Pick<PublishedTrack, 'trackId' | 'participantId' | 'encodings' | 'origin'>;

/** Tells publishers, and nodes that have them, which encodings to send: more at once, fewer after a while. */
export class LayerWatch {
  /** What each was told last; a new track sends everything, one of another node nothing. */
  private readonly told = new Map<string, number>();
  private readonly resting = new Map<string, { highest: number; timer: NodeJS.Timeout }>();

  constructor(private readonly tell: (track: Layered, highest: number) => void) {}

  review(track: Layered, views: Iterable<View>, recorded: boolean): void {
    const { trackId, encodings, origin } = track;
    const highest = highestWanted(encodings, views, recorded, origin ? NOBODY : 0);
    const now = this.told.get(trackId) ?? (origin ? NOBODY : encodings - 1);
    const pending = this.resting.get(trackId);
    if (pending && pending.highest !== highest) this.keepAwake(trackId);
    if (highest > now) this.say(track, highest);
    else if (highest < now && pending?.highest !== highest) {
      const timer = setTimeout(() => {
        this.resting.delete(trackId);
        this.say(track, highest);
      }, REST_AFTER_MS);
      this.resting.set(trackId, { highest, timer });
    }
  }

  forget(trackId: string): void {
    this.keepAwake(trackId);
    this.told.delete(trackId);
  }

  close(): void {
    for (const trackId of [...this.resting.keys()]) this.forget(trackId);
  }

  private say(track: Layered, highest: number): void {
    this.told.set(track.trackId, highest);
    this.tell(track, highest);
  }

  private keepAwake(trackId: string): void {
    clearTimeout(this.resting.get(trackId)?.timer);
    this.resting.delete(trackId);
  }
}
