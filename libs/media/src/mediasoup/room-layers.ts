import type { View } from '../engine/layers.js';
import { LayerLift } from './layer-lift.js';
import { LayerWatch } from './layer-watch.js';
import type { PublishedTrack } from './published-track.js';
import type { Subscription } from './subscription.js';

/** Keeps the encodings of a room's pictures in step with who watches them: what is sent, and who gets how much of it. */
export class RoomLayers {
  private readonly watch: LayerWatch;
  private readonly lifts = new Map<string, LayerLift>();

  constructor(
    tell: (track: Pick<PublishedTrack, 'trackId' | 'participantId' | 'origin'>, highest: number) => void,
    private readonly subscriptions: (trackId: string) => Iterable<Subscription>,
    private readonly elsewhere: (trackId: string) => Iterable<View>,
  ) {
    this.watch = new LayerWatch(tell);
  }

  add(track: PublishedTrack): void {
    if (track.encodings < 2) return;
    const { trackId, producer } = track;
    const lift = new LayerLift(() => {
      for (const subscription of this.subscriptions(trackId)) subscription.lift();
    });
    this.lifts.set(trackId, lift);
    lift.scored(producer.score);
    producer.on('score', (scores) => lift.scored(scores));
  }

  /** Somebody looks at another layer, or not any more. */
  review(tracks: Iterable<PublishedTrack>, recorded: boolean): void {
    for (const track of tracks) {
      if (track.encodings > 1 || (track.origin && track.producer.kind === 'video'))
        this.watch.review(track, this.views(track.trackId), recorded);
    }
  }

  remove(trackId: string): void {
    this.watch.forget(trackId);
    this.lifts.get(trackId)?.close();
    this.lifts.delete(trackId);
  }

  close(): void {
    this.watch.close();
    for (const lift of this.lifts.values()) lift.close();
    this.lifts.clear();
  }

  private *views(trackId: string): Generator<View> {
    for (const { view } of this.subscriptions(trackId)) yield view;
    yield* this.elsewhere(trackId);
  }
}
