import { randomUUID } from 'node:crypto';
import type { ParticipantRole, SeatStatus, ServerFrame, Viewer } from '@lyceum/contracts';
import type { RequestContext } from '@lyceum/platform/context';
import { toProblem } from '@lyceum/platform/errors';
import { WebSocket } from 'ws';

/** Bytes that may wait for a slow reader before its socket is cut; it comes back and gets what it missed. */
const MOST_BUFFERED_BYTES = 4 * 1024 * 1024;

/** Close codes (RFC 6455 and its registry): all was said; this process stops, another answers; try again later. */
export const CLOSE_NORMAL = 1000;
export const CLOSE_RESTART = 1012;
export const CLOSE_TRY_AGAIN = 1013;

/** What a seat needs of its socket. */
type Wire = Pick<WebSocket, 'readyState' | 'bufferedAmount' | 'send' | 'close' | 'terminate'>;

/** The bytes of a text frame: encoding a text anew for each of a thousand sockets costs more than sending it. */
export const encodeFrame = (frame: ServerFrame): Buffer => Buffer.from(JSON.stringify(frame));

/** The seat that a socket proved with its token. */
export interface ProvenSeat {
  readonly participantId: string;
  readonly personId: string;
  readonly role: ParticipantRole;
  readonly epoch: number;
  readonly webSession: string | null;
}

/** One person's socket, after a valid hello. */
export class SeatSocket {
  readonly id = randomUUID();
  status: SeatStatus = 'prepared';
  /** Whether the events sent so far were those of someone in the room. */
  admitted = false;

  constructor(
    readonly ctx: RequestContext,
    readonly seat: ProvenSeat,
    private readonly socket: Wire,
  ) {}

  get viewer(): Viewer & { readonly participantId: string } {
    return { participantId: this.seat.participantId, role: this.seat.role, admitted: this.admitted };
  }

  send(frame: ServerFrame): void {
    this.sendEncoded(encodeFrame(frame));
  }

  /** Sends an encoded frame, so that the same bytes serve everybody who sees the same. */
  sendEncoded(bytes: Buffer): void {
    if (this.socket.readyState !== WebSocket.OPEN) return;
    if (this.socket.bufferedAmount > MOST_BUFFERED_BYTES) {
      this.ctx.log.warn({ bufferedBytes: this.socket.bufferedAmount }, 'a socket could not keep up');
      return this.socket.terminate();
    }
    this.socket.send(bytes, { binary: false });
  }

  /** Says why and closes for good: the client does not come back by itself. */
  bye(error: unknown): void {
    this.send({ t: 'bye', problem: toProblem(error, this.ctx.requestId) });
    this.socket.close(CLOSE_NORMAL);
  }

  /** Closes for a restart of this process: the client comes back at once. */
  restart(): void {
    this.socket.close(CLOSE_RESTART);
  }
}
