import { randomUUID } from 'node:crypto';
import type { TransportDto } from '@lyceum/contracts';
import type { types } from 'mediasoup';
import { mediaError } from '../errors.js';
import type { PublishedTrack } from './published-track.js';
import type { Subscription } from './subscription.js';

export type Direction = 'send' | 'recv';

/** How long ICE may be gone before the seat's tracks are taken down; the browser restarts ICE within this time. */
const LOST_AFTER_MS = 20_000;

/** How long a seat stays whose person is served by another node by now: they connect there first. */
const LEAVE_AFTER_MS = 4_000;

/** What a person's page has in this room: two transports, its tracks, its subscriptions. A reload makes a new seat. */
export class Seat {
  readonly id = randomUUID();
  readonly tracks = new Map<string, PublishedTrack>();
  readonly subscriptions = new Map<string, Subscription>();
  rtpCapabilities: types.RtpCapabilities | undefined;
  ephemera: types.DataProducer | undefined;
  private present = false;
  private lostTimer: NodeJS.Timeout | undefined;
  private leaveTimer: NodeJS.Timeout | undefined;
  private closed = false;

  constructor(
    readonly participantId: string,
    private readonly transports: Record<Direction, types.WebRtcTransport>,
    readonly feed: types.DataConsumer,
    callbacks: { changed(): void; lost(): void },
  ) {
    for (const transport of Object.values(transports)) {
      transport.on('dtlsstatechange', () => callbacks.changed());
      transport.on('icestatechange', () => this.watchIce(callbacks.lost));
    }
  }

  get isClosed(): boolean {
    return this.closed;
  }

  get isPresent(): boolean {
    return this.present;
  }

  get connected(): boolean {
    return Object.values(this.transports).every((transport) => transport.dtlsState === 'connected');
  }

  transport(direction: Direction): types.WebRtcTransport {
    if (this.closed) throw mediaError('MEDIA.SEAT_GONE');
    return this.transports[direction];
  }

  /** Turns what was prepared on or off. True when that was a change. */
  setPresent(present: boolean): boolean {
    if (this.closed || present === this.present) return false;
    this.present = present;
    for (const subscription of this.subscriptions.values()) subscription.setPresent(present);
    (present ? this.feed.resume() : this.feed.pause()).catch(() => undefined);
    return true;
  }

  describeTransport(direction: Direction): TransportDto {
    const { id, iceParameters, iceCandidates, dtlsParameters, sctpParameters } = this.transport(direction);
    if (!sctpParameters) throw new Error('a seat transport must be created with SCTP');
    return {
      id,
      iceParameters: { ...iceParameters },
      iceCandidates: iceCandidates.map((candidate) => ({ ...candidate })),
      dtlsParameters: { ...dtlsParameters },
      sctpParameters: { ...sctpParameters },
    };
  }

  seen(direction: Direction): { iceState: string; dtlsState: string; protocol: string | null } {
    const { iceState, dtlsState, iceSelectedTuple } = this.transport(direction);
    return { iceState, dtlsState, protocol: iceSelectedTuple?.protocol ?? null };
  }

  /** Another node has the person: `close` is called when they had the time to go there. */
  leave(close: () => void): void {
    this.leaveTimer ??= setTimeout(close, LEAVE_AFTER_MS);
  }

  /** This node has the person after all. */
  stay(): void {
    clearTimeout(this.leaveTimer);
    this.leaveTimer = undefined;
  }

  /** Closes transports and with them producers and consumers. Whoever calls tells the others about the tracks. */
  close(): void {
    if (this.closed) return;
    this.closed = true;
    clearTimeout(this.lostTimer);
    clearTimeout(this.leaveTimer);
    for (const transport of Object.values(this.transports)) transport.close();
    this.subscriptions.clear();
  }

  private watchIce(lost: () => void): void {
    const gone = Object.values(this.transports).some(({ iceState }) => iceState === 'disconnected');
    if (!gone) {
      clearTimeout(this.lostTimer);
      this.lostTimer = undefined;
    } else if (!this.closed) this.lostTimer ??= setTimeout(lost, LOST_AFTER_MS);
  }
}
