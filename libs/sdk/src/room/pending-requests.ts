import type { ClientFrame, CommandResult, Problem, ServerFrame } from '@lyceum/contracts';
import { RoomError } from './room-error.js';

type Request = Extract<ClientFrame, { t: 'cmd' | 'media' }>;
type Answer = Extract<ServerFrame, { t: 'ack' | 'nack' | 'media-ack' }>;

/** Where a command ended up: the number of its last event, and what it made. */
export interface CommandAnswer {
  readonly number: number;
  readonly result: CommandResult;
}

interface Pending {
  readonly request: Request;
  readonly acked: (answer: CommandAnswer) => void;
  readonly mediaAcked: (payload: unknown) => void;
  readonly reject: (error: RoomError) => void;
}

/**
 * "Not now": the same id is said again. A command counts once however often it arrives; when media is away its client
 * starts over by itself, so it has to hear of that.
 */
const temporary: Readonly<Record<Request['t'], ReadonlySet<number>>> = {
  cmd: new Set([429, 503]),
  media: new Set([429]),
};

/** Requests without an answer yet, in the order they were made. They outlive connections. */
export class PendingRequests {
  private readonly pending = new Map<string, Pending>();

  command(type: string, payload: unknown, send: (request: Request) => void): Promise<CommandAnswer> {
    return new Promise((acked, reject) => {
      this.add({ t: 'cmd', id: crypto.randomUUID(), type, payload }, { acked, mediaAcked: ignore, reject }, send);
    });
  }

  media(engine: string, payload: unknown, send: (request: Request) => void): Promise<unknown> {
    return new Promise((mediaAcked, reject) => {
      this.add({ t: 'media', id: crypto.randomUUID(), engine, payload }, { acked: ignore, mediaAcked, reject }, send);
    });
  }

  /** All of them, to be said again over a new connection. */
  requests(): Request[] {
    return [...this.pending.values()].map(({ request }) => request);
  }

  /** Settles what was answered. Returns a request that has to be said again in a while. */
  answered(answer: Answer): Request | null {
    const pending = this.pending.get(answer.id);
    if (!pending) return null;
    const { request } = pending;
    if (answer.t === 'nack' && temporary[request.t].has(answer.problem.status)) return request;
    this.pending.delete(answer.id);
    if (answer.t === 'ack') pending.acked({ number: answer.number, result: answer.result });
    else if (answer.t === 'media-ack') pending.mediaAcked(answer.payload);
    else pending.reject(new RoomError(answer.problem));
    return null;
  }

  has(id: string): boolean {
    return this.pending.has(id);
  }

  rejectAll(problem: Problem): void {
    const all = [...this.pending.values()];
    this.pending.clear();
    for (const { reject } of all) reject(new RoomError(problem));
  }

  private add(request: Request, settle: Omit<Pending, 'request'>, send: (request: Request) => void): void {
    this.pending.set(request.id, { request, ...settle });
    send(request);
  }
}

const ignore = (): void => undefined;
