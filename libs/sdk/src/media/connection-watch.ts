import type { types } from 'mediasoup-client';
import { PathPulse } from './path-pulse.js';
import { directions, type Direction, type MediaSession } from './session.js';
import { sinceLastPacket } from './stats.js';

/** A short loss (a switch of Wi-Fi cells) heals by itself. */
const PATIENCE_MS = 1_500;
const RESTARTS = 3;
/** Time that an ICE restart gets before the next. */
const RESTART_MS = 3_000;
/** A restart is prepared when the person has arrived, and again while the credentials for the relay are good for a long time. */
const PREPARE_AFTER_MS = 2_000;
const PREPARE_EVERY_MS = 20 * 60_000;

/** Restarts ICE when a transport loses its path, and gives up after a few attempts. */
export class ConnectionWatch {
  private readonly timers = new Map<Direction, ReturnType<typeof setTimeout>>();
  private readonly pulse: PathPulse;
  private preparing: ReturnType<typeof setTimeout> | undefined;
  /** Nothing arrives, whatever the browser still believes of its paths. */
  private silent = false;
  private stopped = false;

  constructor(
    private readonly session: MediaSession,
    private readonly callbacks: {
      changed(): void;
      /** Nothing arrives any more: other connections on the same path are most likely dead, too. */
      silent(): void;
      /** After every silence. */
      back(): void;
      failed(): void;
    },
  ) {
    for (const direction of directions) this.watch(direction, session[direction]);
    this.pulse = new PathPulse({
      sinceLastPacket: () => sinceLastPacket(session.recv),
      silent: () => this.wentSilent(),
      back: () => this.cameBack(),
    });
  }

  get connected(): boolean {
    return !this.silent && directions.every((direction) => this.works(direction));
  }

  /** Something came from the server. */
  heard(): void {
    this.pulse.heard();
  }

  stop(): void {
    this.stopped = true;
    this.pulse.stop();
    clearTimeout(this.preparing);
    for (const timer of this.timers.values()) clearTimeout(timer);
  }

  private works(direction: Direction): boolean {
    return this.session[direction].connectionState === 'connected';
  }

  private watch(direction: Direction, transport: types.Transport): void {
    transport.on('connectionstatechange', (state) => {
      if (this.stopped) return;
      this.callbacks.changed();
      // While silent, restarts are under way anyhow, and what the browser calls connected may be the path that died.
      if (this.silent) return;
      if (state === 'connected') this.cancel(direction);
      else if (state === 'disconnected') this.schedule(direction, PATIENCE_MS, 1);
      else if (state === 'failed') this.schedule(direction, 0, 1);
    });
  }

  private wentSilent(): void {
    this.silent = true;
    clearTimeout(this.preparing);
    this.callbacks.changed();
    this.callbacks.silent();
    for (const direction of directions) this.schedule(direction, 0, 1);
  }

  private cameBack(): void {
    const changed = this.silent;
    this.silent = false;
    this.prepareRestart(PREPARE_AFTER_MS);
    if (!changed) return;
    this.callbacks.back();
    for (const direction of directions) {
      if (this.works(direction)) this.cancel(direction);
      else this.schedule(direction, RESTART_MS, 2);
    }
    this.callbacks.changed();
  }

  private prepareRestart(afterMs: number): void {
    clearTimeout(this.preparing);
    this.preparing = setTimeout(() => {
      // Without it a restart takes longer; nobody needs to know.
      for (const direction of directions) this.session.prepareRestart(direction).catch(() => undefined);
      this.prepareRestart(PREPARE_EVERY_MS);
    }, afterMs);
  }

  private schedule(direction: Direction, afterMs: number, attempt: number): void {
    this.cancel(direction);
    this.timers.set(
      direction,
      setTimeout(() => void this.restart(direction, attempt), afterMs),
    );
  }

  private async restart(direction: Direction, attempt: number): Promise<void> {
    if (this.stopped || (!this.silent && this.works(direction))) return;
    if (attempt > RESTARTS) return this.callbacks.failed();
    try {
      await this.session.restartIce(direction);
    } catch {
      // The socket may be down as well; the next attempt comes anyway.
    }
    if (!this.stopped && (this.silent || !this.works(direction))) this.schedule(direction, RESTART_MS, attempt + 1);
  }

  private cancel(direction: Direction): void {
    clearTimeout(this.timers.get(direction));
    this.timers.delete(direction);
  }
}
