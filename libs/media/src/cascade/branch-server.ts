import { CONTROL_HEARTBEAT_MS } from '@lyceum/contracts';
import type { Logger } from '@lyceum/platform/telemetry';
import type { WebSocket } from 'ws';
import type { PipeListen } from '../mediasoup/pipe-transport.js';
import type { RoomPipes } from './room-pipes.js';
import type { PipedRoom } from './room-pipe.js';
import { BranchSession } from './branch-session.js';

/** Where a home finds the rooms that branches ask for. */
export interface HomeRooms {
  /** @throws LyceumError MEDIA.SEAT_GONE when it has ended, MEDIA.UNAVAILABLE when it is another node's or has no worker now */
  room(roomId: string): Promise<PipedRoom & { readonly pipes: RoomPipes }>;
}

/** The end of branch links at the home of rooms. */
export class BranchServer {
  private readonly sessions = new Set<BranchSession>();
  private readonly heartbeat: NodeJS.Timeout;

  constructor(
    private readonly rooms: HomeRooms,
    private readonly listen: PipeListen,
    private readonly log: Logger,
  ) {
    this.heartbeat = setInterval(() => {
      for (const session of this.sessions) session.beat();
    }, CONTROL_HEARTBEAT_MS);
  }

  /** A node that showed the token. */
  accept(socket: WebSocket): void {
    const session = new BranchSession(socket, this.rooms, this.listen, this.log);
    this.sessions.add(session);
    socket.on('close', () => this.sessions.delete(session));
  }

  close(): void {
    clearInterval(this.heartbeat);
    for (const session of this.sessions) session.end();
  }
}
