import type { types } from 'mediasoup-client';
import type { Direction, MediaSession } from './session.js';

/** A short loss (a switch of Wi-Fi cells) heals by itself. */
const PATIENCE_MS = 1_500;
const RESTARTS = 3;
/** Time that an ICE restart gets before the next. */
const RESTART_MS = 5_000;

/** Restarts ICE when a transport loses its path, and gives up after a few attempts. */
export class ConnectionWatch {
  private readonly timers = new Map<Direction, ReturnType<typeof setTimeout>>();
  private stopped = false;

  constructor(
    private readonly session: MediaSession,
    private readonly callbacks: { changed(): void; failed(): void },
  ) {
    this.watch('send', session.send);
    this.watch('recv', session.recv);
  }

  get connected(): boolean {
    return this.session.send.connectionState === 'connected' && this.session.recv.connectionState === 'connected';
  }

  stop(): void {
    this.stopped = true;
    for (const timer of this.timers.values()) clearTimeout(timer);
  }

  private watch(direction: Direction, transport: types.Transport): void {
    transport.on('connectionstatechange', (state) => {
      if (this.stopped) return;
      this.callbacks.changed();
      if (state === 'connected') this.cancel(direction);
      else if (state === 'disconnected') this.schedule(direction, PATIENCE_MS, 1);
      else if (state === 'failed') this.schedule(direction, 0, 1);
    });
  }

  private schedule(direction: Direction, afterMs: number, attempt: number): void {
    this.cancel(direction);
    this.timers.set(
      direction,
      setTimeout(() => void this.restart(direction, attempt), afterMs),
    );
  }

  private async restart(direction: Direction, attempt: number): Promise<void> {
    if (this.stopped || this.session[direction].connectionState === 'connected') return;
    if (attempt > RESTARTS) return this.callbacks.failed();
    try {
      await this.session.restartIce(direction);
    } catch {
      // The socket may be down as well; the next attempt comes anyway.
    }
    if (!this.stopped) this.schedule(direction, RESTART_MS, attempt + 1);
  }

  private cancel(direction: Direction): void {
    clearTimeout(this.timers.get(direction));
    this.timers.delete(direction);
  }
}
