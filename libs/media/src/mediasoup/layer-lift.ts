import type { types } from 'mediasoup';

/**
 * mediasoup gives viewers an encoding only after it ran for two seconds, and looks only when something else happens: when its
 * estimate of the path changes, or a viewer asks for something new. On a good, steady path nothing happens, and viewers
 * would keep the small picture for ever. The later looks are for estimates that had to grow first.
 */
const LOOK_AFTER_MS = [2_200, 5_000, 10_000] as const;

/** Tells when viewers of a track should be given upper layers that its sender began to send. */
export class LayerLift {
  private readonly timers = new Set<NodeJS.Timeout>();
  private sent = 0;

  constructor(private readonly look: () => void) {}

  /** `scores` as the producer tells them: 0 for an encoding that does not come. */
  scored(scores: readonly Pick<types.ProducerScore, 'score'>[]): void {
    const sent = scores.filter(({ score }) => score > 0).length;
    if (sent > this.sent) this.schedule();
    this.sent = sent;
  }

  close(): void {
    for (const timer of this.timers) clearTimeout(timer);
    this.timers.clear();
  }

  private schedule(): void {
    this.close();
    for (const afterMs of LOOK_AFTER_MS) {
      const timer = setTimeout(() => {
        this.timers.delete(timer);
        this.look();
      }, afterMs);
      this.timers.add(timer);
    }
  }
}
