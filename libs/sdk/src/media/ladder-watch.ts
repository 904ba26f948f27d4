import { CameraRest } from './camera-rest.js';
import { CpuPressure } from './cpu-pressure.js';
import { Ladder, type LadderView } from './ladder.js';
import type { Publisher } from './publisher.js';
import { compare, readReception, readSending, type Reception } from './reception.js';
import type { MediaSession } from './session.js';
import { Stills } from './stills.js';
import type { Subscriber } from './subscriber.js';

const LOOK_MS = 1_000;

/** Looks at both directions every second and keeps what is received and sent within what the path and the computer carry. */
export class LadderWatch {
  private readonly ladder = new Ladder();
  private readonly camera = new CameraRest();
  private readonly pressure = new CpuPressure();
  private readonly stills: Stills;
  private session: MediaSession | undefined;
  private timer: ReturnType<typeof setInterval> | undefined;
  private before: Reception | undefined;
  /** A busy computer may take longer than a second for one look. */
  private looking = false;
  private available: number | null = null;

  constructor(
    private readonly subscriber: Subscriber,
    private readonly publisher: Publisher,
    private readonly callbacks: {
      /** Does the path work? */
      connected(): boolean;
      changed(view: LadderView | null): void;
      trouble(error: unknown): void;
    },
  ) {
    this.stills = new Stills({
      flow: (on) => subscriber.setFlowing(on).catch((error: unknown) => callbacks.trouble(error)),
      frames: () => this.screenFrames(),
    });
  }

  /** A new session is on the rung where the last one was: the path is more likely the same than not. */
  attach(session: MediaSession): void {
    this.detach();
    this.session = session;
    this.pressure.start();
    this.timer = setInterval(() => void this.lookOnce(session), LOOK_MS);
    if (this.ladder.rung === 'stills') this.stills.start();
  }

  detach(): void {
    clearInterval(this.timer);
    this.pressure.stop();
    this.stills.stop();
    this.session = undefined;
    this.before = undefined;
    this.available = null;
  }

  /** The server's estimate of the path to this browser, bit/s. */
  estimated(available: number): void {
    this.available = available;
  }

  private async lookOnce(session: MediaSession): Promise<void> {
    if (this.looking) return;
    this.looking = true;
    try {
      await this.look(session);
    } catch (error) {
      if (!session.isClosed) this.callbacks.trouble(error);
    } finally {
      this.looking = false;
    }
  }

  private async look(session: MediaSession): Promise<void> {
    const { before } = this;
    // A path that is being looked for anew says nothing about the one that will be found.
    const connected = this.callbacks.connected();
    const [now, sending] = await Promise.all([readReception(session, this.subscriber.all), readSending(session)]);
    if (this.session !== session) return;
    this.before = connected ? now : undefined;
    if (!before || !connected) return;
    const atMs = performance.now();
    const { available, subscriber } = this;
    const computer = { busy: this.pressure.critical, encoderLimited: sending.encoderLimited };
    if (this.ladder.look({ atMs, available, needs: subscriber.needs, ...computer, ...compare(before, now) }))
      await this.step();
    if (this.publisher.shows('camera') && this.camera.look(sending.available, atMs))
      await this.publisher.setResting('camera', this.camera.resting);
  }

  private async step(): Promise<void> {
    const { rung, view } = this.ladder;
    this.callbacks.changed(view);
    this.stills.stop();
    await this.subscriber.setRung(rung);
    if (rung === 'stills') this.stills.start();
  }

  private async screenFrames(): Promise<number> {
    const { session, subscriber } = this;
    if (!session) return 0;
    const { pictures } = await readReception(session, subscriber.all);
    const screens = [...subscriber.all.values()].filter(({ source }) => source === 'screen');
    return screens.reduce((sum, { trackId }) => sum + (pictures.get(trackId)?.decoded ?? 0), 0);
  }
}
