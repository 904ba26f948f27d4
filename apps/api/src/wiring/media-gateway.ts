import {
  MediaGateway,
  type Crowd,
  type MediaGatewayEvent,
  type MediaSeat,
  type PlacedRoom,
  type RoomNodes,
} from '@lyceum/classroom';
import { MediaClient, mediaError } from '@lyceum/media';
import type { RequestContext } from '@lyceum/platform/context';
import { Injectable } from '@nestjs/common';

/** The name of the one engine that negotiates in rooms for now. */
const engine = 'mediasoup';

/** Classroom's port to the media plane, on media's client: the two domains don't know each other. */
@Injectable()
export class MediasoupGateway extends MediaGateway {
  constructor(private readonly client: MediaClient) {
    super();
  }

  async negotiate(_ctx: RequestContext, seat: MediaSeat, wanted: string, payload: unknown): Promise<unknown> {
    if (wanted !== engine) throw mediaError('MEDIA.BAD_REQUEST', { detail: 'unknown engine' });
    return this.client.negotiate(seat.roomId, seat.participantId, payload);
  }

  place(roomId: string, crowd: Crowd, current: RoomNodes | null): RoomNodes {
    return this.client.place(roomId, crowd, current);
  }

  publishWanted({ wanted: { roomId, version, ended, seats, recording }, home, seats: served }: PlacedRoom): void {
    this.client.want({ wanted: { roomId, version, ended, seats, recording }, home, seats: served });
  }

  forget(roomId: string): void {
    this.client.forget(roomId);
  }

  onMisplaced(listener: (roomId: string) => void): () => void {
    return this.client.onMisplaced(listener);
  }

  onEvent(listener: (event: MediaGatewayEvent) => void): () => void {
    return this.client.onEvent(({ roomId, to, event }) =>
      listener({ roomId, participantIds: to, engine, payload: event }),
    );
  }
}
