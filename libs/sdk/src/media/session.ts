import type { MediaRequestOf, MediaResponse, Prepared, TransportDto } from '@lyceum/contracts';
import { Device, type types } from 'mediasoup-client';
import type { MediaRequests, SeatBody, SeatOp } from './media-requests.js';

export const directions = ['send', 'recv'] as const;
export type Direction = (typeof directions)[number];

export interface SessionOptions {
  /** Fresh each time: TURN credentials expire. */
  iceServers(): Promise<RTCIceServer[]>;
  /** Relay only (AV-12): for networks that forbid everything else, and for tests. */
  forceRelay: boolean;
}

/**
 * One prepared seat: a pair of transports with one router. A reset of the room's media ends it, and another is opened.
 * Both transports connect at once, through data channels, so that nothing is left to do at the click on Join.
 */
export class MediaSession {
  private closed = false;
  /** What the next restart of ICE needs, fetched in good time: a path that dies takes the room's socket along. */
  private readonly spare = new Map<Direction, types.IceParameters>();
  /** Fragment of the server's credentials that are in use. */
  private readonly using: Record<Direction, string>;

  private constructor(
    private readonly requests: MediaRequests,
    private readonly options: SessionOptions,
    private readonly prepared: Prepared,
    readonly device: Device,
    readonly send: types.Transport,
    readonly recv: types.Transport,
  ) {
    const fragment = (direction: Direction) => prepared[direction].iceParameters.usernameFragment;
    this.using = { send: fragment('send'), recv: fragment('recv') };
  }

  /** Prepares a seat. Takes two round trips; the transports connect in the background. */
  static async open(requests: MediaRequests, options: SessionOptions): Promise<MediaSession> {
    const [prepared, device] = await Promise.all([requests.prepare(), Device.factory()]);
    // Only now: whoever answers may have to join first, and joining is what gives the credentials.
    const iceServers = await options.iceServers();
    await device.load({ routerRtpCapabilities: prepared.routerRtpCapabilities as types.RtpCapabilities });
    const parameters = (dto: TransportDto): types.TransportOptions => ({
      id: dto.id,
      iceParameters: dto.iceParameters as types.IceParameters,
      iceCandidates: dto.iceCandidates as types.IceCandidate[],
      dtlsParameters: dto.dtlsParameters as types.DtlsParameters,
      sctpParameters: dto.sctpParameters as types.SctpParameters,
      iceServers,
      iceTransportPolicy: options.forceRelay ? 'relay' : 'all',
    });
    const send = device.createSendTransport(parameters(prepared.send));
    const recv = device.createRecvTransport(parameters(prepared.recv));
    const session = new MediaSession(requests, options, prepared, device, send, recv);
    session.wire('send', send);
    session.wire('recv', recv);
    return session;
  }

  get seat(): string {
    return this.prepared.seat;
  }

  get epoch(): string {
    return this.prepared.epoch;
  }

  /** Whether it might publish from the beginning. */
  get admitted(): boolean {
    return this.prepared.admitted;
  }

  get tracks(): Prepared['tracks'] {
    return this.prepared.tracks;
  }

  get isClosed(): boolean {
    return this.closed;
  }

  /** A request of this seat. */
  ask<T extends SeatOp>(op: T, body: SeatBody<T>): Promise<MediaResponse<T>> {
    return this.requests.ask(op, this.seat, body);
  }

  /** Opens the two data channels, which connects both transports. Resolves with the channels, before they are open. */
  async openChannels(): Promise<{ ephemera: types.DataProducer; feed: types.DataConsumer }> {
    const { id, dataProducerId, sctpStreamParameters, label } = this.prepared.feed;
    const stream = withoutUndefined(sctpStreamParameters);
    const [ephemera, feed] = await Promise.all([
      this.send.produceData({ ordered: false, maxRetransmits: 0, label: 'ephemera' }),
      this.recv.consumeData({ id, dataProducerId, sctpStreamParameters: stream, label }),
    ]);
    return { ephemera, feed };
  }

  /** Resolves when both transports work. @throws Error when they don't within `ms` */
  async connected(ms: number): Promise<void> {
    const { promise: late, reject } = Promise.withResolvers<never>();
    const timer = setTimeout(() => reject(new Error('the transports did not connect in time')), ms);
    try {
      await Promise.race([Promise.all([working(this.send), working(this.recv)]), late]);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Fetches fresh TURN credentials and what `restartIce` needs of the server. Idempotent, and worth repeating: they expire. */
  async prepareRestart(direction: Direction): Promise<types.IceParameters> {
    await this[direction].updateIceServers({ iceServers: await this.options.iceServers() });
    const { iceParameters } = await this.ask('restartIce', { direction, using: this.using[direction] });
    this.spare.set(direction, iceParameters as types.IceParameters);
    return iceParameters as types.IceParameters;
  }

  /**
   * Looks for a new path (RFC 8445, 2.4); packets flow on the old one until it works. Needs no word to the server when it was
   * prepared, which holds for one restart.
   */
  async restartIce(direction: Direction): Promise<void> {
    const iceParameters = this.spare.get(direction) ?? (await this.prepareRestart(direction));
    this.spare.delete(direction);
    this.using[direction] = iceParameters.usernameFragment;
    await this[direction].restartIce({ iceParameters });
  }

  /** Idempotent. Closes every producer and consumer with the transports. */
  close(): void {
    if (this.closed) return;
    this.closed = true;
    this.send.close();
    this.recv.close();
  }

  private wire(direction: Direction, transport: types.Transport): void {
    transport.on('connect', ({ dtlsParameters }, done, fail) => {
      this.ask('connectTransport', { direction, dtlsParameters: { ...dtlsParameters } }).then(done, fail);
    });
    if (direction === 'recv') return;
    transport.on('produce', ({ rtpParameters, appData }, done, fail) => {
      const { trackId, source, muted, onHeld } = appData as PublishData;
      const request = { trackId, source, muted, rtpParameters } as SeatBody<'produce'>;
      this.ask('produce', request).then((answer) => {
        onHeld(answer.held);
        done({ id: trackId });
      }, fail);
    });
    transport.on('producedata', ({ sctpStreamParameters }, done, fail) => {
      const { streamId, ordered, maxRetransmits } = sctpStreamParameters;
      const parameters = { streamId: streamId ?? 0, ...withoutUndefined({ ordered, maxRetransmits }) };
      this.ask('produceData', { sctpStreamParameters: parameters }).then(done, fail);
    });
  }
}

function working(transport: types.Transport): Promise<void> {
  if (transport.connectionState === 'connected') return Promise.resolve();
  return new Promise((resolve) => {
    transport.on('connectionstatechange', (state) => {
      if (state === 'connected') resolve();
    });
  });
}

/** Travels through mediasoup-client from `produce()` to the event that asks the server. */
export interface PublishData extends types.AppData {
  trackId: string;
  source: MediaRequestOf<'produce'>['source'];
  muted: boolean;
  onHeld: (held: boolean) => void;
}

/** Optional properties that are absent, not undefined. */
function withoutUndefined<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}
