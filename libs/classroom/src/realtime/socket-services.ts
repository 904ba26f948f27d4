import { Injectable } from '@nestjs/common';
import { SeatAccess } from '../access/seat-access.js';
import { RoomWriter } from '../application/room-writer.js';
import { MediaGateway } from '../ports/media-gateway.js';
import { LiveRooms } from './live-rooms.js';
import { Presence } from './presence.js';

/** What a socket's session needs, handed over by the gateway: sessions are made per socket, not by the container. */
@Injectable()
export class SocketServices {
  constructor(
    readonly seats: SeatAccess,
    readonly writer: RoomWriter,
    readonly rooms: LiveRooms,
    readonly presence: Presence,
    readonly media: MediaGateway,
  ) {}
}
