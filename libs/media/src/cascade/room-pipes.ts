import type { FeedMessage, RoomPlace } from '@lyceum/contracts';
import type { View } from '../engine/layers.js';
import type { PublishedTrack } from '../mediasoup/published-track.js';
import type { PipedRoom, RoomPipe } from './room-pipe.js';
import { Upstream, type CascadeSurroundings } from './upstream.js';

/** The pipes of a room's incarnation: at most one upward that counts, and at home one for each branch. */
export class RoomPipes {
  private readonly pipes = new Set<RoomPipe>();
  private readonly upstream: Upstream;

  constructor(
    private readonly room: PipedRoom,
    surroundings: CascadeSurroundings,
  ) {
    this.upstream = new Upstream(room, this, surroundings);
  }

  get isEmpty(): boolean {
    return this.pipes.size === 0;
  }

  /** Where the room is at home; null when it is here. */
  follow(home: RoomPlace['home'] | null): void {
    this.upstream.follow(home);
  }

  /** The pipe is connected: the other side gets what there is. */
  add(pipe: RoomPipe): void {
    this.pipes.add(pipe);
    for (const track of this.room.tracks.all()) pipe.offer(track);
  }

  remove(pipe: RoomPipe): void {
    this.pipes.delete(pipe);
    this.room.tracks.reviewLayers();
  }

  offer(track: PublishedTrack): void {
    for (const pipe of this.pipes) pipe.offer(track);
  }

  retract(trackId: string): void {
    for (const pipe of this.pipes) pipe.retract(trackId);
  }

  paused(track: PublishedTrack): void {
    for (const pipe of this.pipes) pipe.paused(track);
  }

  /** To the other nodes, except the one it came from. */
  say(message: Extract<FeedMessage, { t: 'ephemeral' }>, except?: RoomPipe): void {
    for (const pipe of this.pipes) if (pipe !== except) pipe.say(message);
  }

  *views(trackId: string): Generator<View> {
    for (const pipe of this.pipes) {
      const view = pipe.view(trackId);
      if (view) yield view;
    }
  }

  close(): void {
    this.upstream.close();
    for (const pipe of this.pipes) pipe.close();
  }
}
