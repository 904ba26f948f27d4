/** Between images, at the least. */
const PAUSE_MS = 8_000;
/** An image that took long is followed by a longer pause: most of the path is for speech. */
const PAUSE_PER_TIME_TAKEN = 4;
const LONGEST_MS = 10_000;
const LOOK_MS = 250;

export interface StillSource {
  /** Lets shared screens flow, or not. */
  flow(on: boolean): Promise<void>;
  /** Frames of shared screens decoded so far. */
  frames(): Promise<number>;
}

/** Fetches a shared screen as images: lets it flow until one frame was decoded. What shows it keeps the last frame. */
export class Stills {
  private run = 0;

  constructor(private readonly source: StillSource) {}

  start(): void {
    this.run += 1;
    void this.take(this.run);
  }

  stop(): void {
    this.run += 1;
  }

  private async take(run: number): Promise<void> {
    while (this.run === run) {
      const from = performance.now();
      const taken = () => performance.now() - from;
      const before = await this.source.frames();
      await this.source.flow(true);
      while (this.run === run && taken() < LONGEST_MS && (await this.source.frames()) <= before) await pause(LOOK_MS);
      if (this.run !== run) return;
      await this.source.flow(false);
      await pause(Math.max(PAUSE_MS, PAUSE_PER_TIME_TAKEN * taken()));
    }
  }
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
