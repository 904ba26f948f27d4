import type { Ephemeral, FeedMessage, PassingFrame } from '@lyceum/contracts';
import type { Logger } from '@lyceum/platform/telemetry';
import type { types } from 'mediasoup';
import { NOBODY, type View } from '../engine/layers.js';
import { produceTrack } from '../mediasoup/producing.js';
import { PublishedTrack, type TrackOrigin } from '../mediasoup/published-track.js';
import type { RoomSound } from '../mediasoup/room-sound.js';

/** What pipes need of the tracks in the room at this end. */
export interface PipedTracks {
  all(): Iterable<PublishedTrack>;
  /** A track of the other node is here, or not any more. */
  arrive(track: PublishedTrack): void;
  depart(track: PublishedTrack): void;
  setMuted(track: PublishedTrack, muted: boolean): void;
  /** Somebody at the other node looks at another layer. */
  reviewLayers(): void;
}

/** What a pipe needs of the room at this end. */
export interface PipedRoom {
  readonly roomId: string;
  readonly router: types.Router;
  readonly sound: RoomSound;
  readonly tracks: PipedTracks;
  /** Somebody there said something to everybody. */
  hear(message: Extract<FeedMessage, { t: 'ephemeral' }>, from: RoomPipe): void;
}

export interface PipeSide {
  /** Whether the other side is home: then it gets the tracks of our own people only. */
  readonly upward: boolean;
  tell(frame: PassingFrame): void;
  /** Once, however it was closed. */
  closed(): void;
}

interface Outgoing {
  readonly track: PublishedTrack;
  readonly consumer: types.Consumer;
  highest: number;
}

/**
 * A pipe transport between two nodes that serve one room, with what goes through it in both directions. Both ends do the
 * same; only who opens it differs. What came through it goes with it.
 */
export class RoomPipe implements TrackOrigin {
  private readonly outgoing = new Map<string, Outgoing>();
  private readonly incoming = new Map<string, PublishedTrack>();
  /** Frames about the other side's tracks, one after the other: making a producer takes a moment. */
  private inbox: Promise<void> = Promise.resolve();
  private closed = false;

  constructor(
    readonly id: string,
    private readonly room: PipedRoom,
    private readonly transport: types.PipeTransport,
    private readonly side: PipeSide,
    private readonly log: Logger,
  ) {}

  /** Gives the other side a track that has just been published here. */
  offer(track: PublishedTrack): void {
    if (this.side.upward ? track.origin !== null : track.origin === this) return;
    this.send(track).catch((error: unknown) => {
      // Gone before it was on its way.
      if (this.closed || track.producer.closed) return;
      this.log.error({ err: error, roomId: this.room.roomId, trackId: track.trackId }, 'a track can not be piped');
    });
  }

  retract(trackId: string): void {
    if (!this.outgoing.delete(trackId)) return;
    this.side.tell({ t: 'track-closed', pipe: this.id, trackId });
  }

  paused({ trackId, isPaused }: PublishedTrack): void {
    if (!this.outgoing.has(trackId)) return;
    this.side.tell({ t: isPaused ? 'track-paused' : 'track-resumed', pipe: this.id, trackId });
  }

  /** How the other node takes a track of ours. */
  view(trackId: string): View | undefined {
    const outgoing = this.outgoing.get(trackId);
    return outgoing && { on: outgoing.highest > NOBODY, spatial: outgoing.highest };
  }

  /** How much of a track of theirs is needed here. */
  want(trackId: string, highest: number): void {
    this.side.tell({ t: 'track-wanted', pipe: this.id, trackId, highest });
  }

  keyFrameAsked(trackId: string): void {
    this.side.tell({ t: 'key-frame-asked', pipe: this.id, trackId });
  }

  say({ from, kind, data }: Ephemeral & { from: string }): void {
    this.side.tell({ t: 'ephemeral', pipe: this.id, from, kind, data });
  }

  /** What the other side says. */
  received(frame: PassingFrame): void {
    switch (frame.t) {
      case 'track-wanted':
        return this.wanted(frame.trackId, frame.highest);
      case 'key-frame-asked':
        return this.outgoing.get(frame.trackId)?.track.viewedElsewhere();
      case 'ephemeral':
        return this.room.hear({ t: 'ephemeral', from: frame.from, kind: frame.kind, data: frame.data }, this);
      default:
        this.inbox = this.inbox.then(() => this.follow(frame));
    }
  }

  /** Idempotent. */
  close(): void {
    if (this.closed) return;
    this.closed = true;
    for (const track of this.incoming.values()) this.room.tracks.depart(track);
    this.incoming.clear();
    this.outgoing.clear();
    this.transport.close();
    this.side.closed();
  }

  private async send(track: PublishedTrack): Promise<void> {
    const { trackId } = track;
    const consumer = await this.transport.consume({ producerId: trackId });
    const isPicture = consumer.kind === 'video';
    // A pipe can't consume paused. The few packets until then are dropped over there.
    if (isPicture) await consumer.pause();
    if (this.closed || consumer.closed) return;
    this.outgoing.set(trackId, { track, consumer, highest: isPicture ? NOBODY : 0 });
    const rtpParameters = consumer.rtpParameters;
    // Priorities are in `wanted`, which every node knows.
    this.side.tell({ t: 'track', pipe: this.id, track: track.describe(null), rtpParameters });
  }

  private wanted(trackId: string, highest: number): void {
    const outgoing = this.outgoing.get(trackId);
    if (!outgoing || outgoing.consumer.kind !== 'video') return;
    const before = outgoing.highest;
    outgoing.highest = highest;
    // The worker asks for a key frame when it resumes. Requests are handled in order, and a closed consumer needs none.
    if (before === NOBODY && highest > NOBODY) outgoing.consumer.resume().catch(() => undefined);
    if (highest === NOBODY) outgoing.consumer.pause().catch(() => undefined);
    this.room.tracks.reviewLayers();
  }

  private async follow(
    frame: Exclude<PassingFrame, { t: 'track-wanted' | 'key-frame-asked' | 'ephemeral' }>,
  ): Promise<void> {
    if (this.closed) return;
    if (frame.t === 'track') return this.receive(frame);
    const track = this.incoming.get(frame.trackId);
    if (!track) return;
    if (frame.t !== 'track-closed') return this.room.tracks.setMuted(track, frame.t === 'track-paused');
    this.incoming.delete(frame.trackId);
    this.room.tracks.depart(track);
  }

  private async receive({ track, rtpParameters }: Extract<PassingFrame, { t: 'track' }>): Promise<void> {
    const { trackId, participantId, source, paused } = track;
    try {
      const { sound } = this.room;
      const producer = await produceTrack(this.transport, sound, { trackId, source, rtpParameters, paused });
      if (this.closed || producer.closed) return;
      const published = new PublishedTrack(producer, participantId, source, { muted: paused, held: false }, this);
      this.incoming.set(trackId, published);
      this.room.tracks.arrive(published);
    } catch (error) {
      if (!this.closed) this.log.error({ err: error, roomId: this.room.roomId, trackId }, 'a piped track is refused');
    }
  }
}
