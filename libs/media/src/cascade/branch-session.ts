import { branchToHomeSchema, CONTROL_LEASE_MS, type BranchToHome, type HomeToBranch } from '@lyceum/contracts';
import { toProblem } from '@lyceum/platform/errors';
import type { Logger } from '@lyceum/platform/telemetry';
import type { WebSocket } from 'ws';
import { mediaError } from '../errors.js';
import { parseFrame } from '../link/frames.js';
import { connectPipe, endOf, openPipe, type PipeListen } from '../mediasoup/pipe-transport.js';
import type { HomeRooms } from './branch-server.js';
import { RoomPipe } from './room-pipe.js';

type Open = Extract<BranchToHome, { t: 'open' }>;

/** One branch's link at home: the pipes that it opened live as long as the link. */
export class BranchSession {
  private readonly pipes = new Map<string, RoomPipe>();
  private heardAt = Date.now();

  constructor(
    private readonly socket: WebSocket,
    private readonly rooms: HomeRooms,
    private readonly listen: PipeListen,
    private readonly log: Logger,
  ) {
    socket.on('message', (data) => {
      this.heardAt = Date.now();
      const frame = parseFrame(branchToHomeSchema, data);
      if (frame) this.received(frame);
      else this.log.warn('a frame of a branch that is not of the contract was dropped');
    });
    socket.on('error', (error) => this.log.debug({ reason: error.message }, 'branch link failed'));
    socket.on('close', () => {
      for (const pipe of [...this.pipes.values()]) pipe.close();
    });
  }

  /** Once a heartbeat: a branch that has been silent for its lease is gone. */
  beat(): void {
    if (Date.now() - this.heardAt > CONTROL_LEASE_MS) this.socket.terminate();
    else this.tell({ t: 'ping' });
  }

  end(): void {
    this.socket.close(1001, 'the media node stops');
  }

  private received(frame: BranchToHome): void {
    switch (frame.t) {
      case 'hello':
        return this.log.info({ node: frame.node }, 'a branch is connected');
      case 'ping':
        return;
      case 'open':
        return void this.open(frame);
      case 'close':
        return this.pipes.get(frame.pipe)?.close();
      default:
        return this.pipes.get(frame.pipe)?.received(frame);
    }
  }

  private async open({ id, pipe: pipeId, roomId, end }: Open): Promise<void> {
    try {
      const room = await this.rooms.room(roomId);
      const transport = await openPipe(room.router, this.listen);
      const pipe: RoomPipe = new RoomPipe(
        pipeId,
        room,
        transport,
        { upward: false, tell: (frame) => this.tell(frame), closed: () => this.closed(pipe, room.pipes) },
        this.log,
      );
      this.pipes.set(pipeId, pipe);
      await connectPipe(transport, end);
      if (this.socket.readyState !== this.socket.OPEN) return pipe.close();
      this.tell({ t: 'reply', id, result: { end: endOf(transport) } });
      room.pipes.add(pipe);
    } catch (error) {
      this.pipes.get(pipeId)?.close();
      this.tell({ t: 'reply', id, problem: toProblem(mediaError('MEDIA.UNAVAILABLE', { cause: error })) });
    }
  }

  private closed(pipe: RoomPipe, of: { remove(pipe: RoomPipe): void }): void {
    this.pipes.delete(pipe.id);
    of.remove(pipe);
    this.tell({ t: 'closed', pipe: pipe.id });
  }

  private tell(frame: HomeToBranch): void {
    if (this.socket.readyState === this.socket.OPEN) this.socket.send(JSON.stringify(frame));
  }
}
