import { sessionEndedChannel, sessionEndedSchema } from '@lyceum/identity';
import { Fanout } from '@lyceum/platform/fanout';
import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { roomError } from '../domain/errors.js';
import { LiveRooms } from './live-rooms.js';

/** Whoever signs out, in whatever tab, is out of the class, too. A message that Redis loses leaves the seat to its token. */
@Injectable()
export class SignOutWatch implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private stop: (() => void) | undefined;

  constructor(
    private readonly rooms: LiveRooms,
    private readonly fanout: Fanout,
  ) {}

  onApplicationBootstrap(): void {
    this.stop = this.fanout.subscribe(sessionEndedChannel, (message) => {
      const ended = sessionEndedSchema.safeParse(message).data;
      if (!ended) return;
      for (const socket of this.rooms.socketsOfSession(ended.sessionId)) socket.bye(roomError('ROOM.SIGNED_OUT'));
    });
  }

  beforeApplicationShutdown(): void {
    this.stop?.();
  }
}
