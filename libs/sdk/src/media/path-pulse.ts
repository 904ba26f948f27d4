/** Three pulses of the server's and a little more (FEED_PULSE_MS). */
const SILENT_MS = 1_000;
const LOOK_MS = 100;

/**
 * Notices within about a second that a path died: a browser itself takes five, and ten to be sure. The server's feed says
 * something every 300 ms; when it does not, the last packet of any kind is asked for, since under loss a pulse goes missing and
 * a busy server may be late with it. Arms itself with the first pulse.
 */
export class PathPulse {
  private heardAt: number | null = null;
  private asking = false;
  private readonly timer = setInterval(() => void this.look(), LOOK_MS);

  constructor(
    private readonly path: {
      /** Ms since the last packet of the path; null when the browser does not tell. */
      sinceLastPacket(): Promise<number | null>;
      /** Said once until it is heard again. */
      silent(): void;
      /** After every silence, and at first. */
      back(): void;
    },
  ) {}

  heard(): void {
    const before = this.heardAt;
    this.heardAt = performance.now();
    if (before === null) this.path.back();
  }

  /** Also has a question that is under way end in nothing. */
  stop(): void {
    clearInterval(this.timer);
    this.heardAt = null;
  }

  private async look(): Promise<void> {
    const { heardAt } = this;
    if (heardAt === null || this.asking || performance.now() - heardAt < SILENT_MS) return;
    this.asking = true;
    const since = await this.path.sinceLastPacket().catch(() => null);
    this.asking = false;
    // Heard while it was asked.
    if (this.heardAt !== heardAt) return;
    if (since !== null && since < SILENT_MS) {
      this.heardAt = performance.now() - since;
      return;
    }
    this.heardAt = null;
    this.path.silent();
  }
}
