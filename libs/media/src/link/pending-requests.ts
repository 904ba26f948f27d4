import type { Problem } from '@lyceum/contracts';
import { LyceumError } from '@lyceum/platform/errors';
import { mediaError } from '../errors.js';

interface Pending {
  resolve(result: unknown): void;
  reject(error: Error): void;
  timer: NodeJS.Timeout;
}

/** Requests that wait for the answer with their number. */
export class PendingRequests {
  private readonly pending = new Map<number, Pending>();
  private last = 0;

  constructor(private readonly timeoutMs: number) {}

  /**
   * Numbers a request and hands it to `send`.
   * @throws LyceumError MEDIA.UNAVAILABLE when `send` says false or the link breaks, MEDIA.TIMEOUT when no answer comes
   */
  ask(send: (id: number) => boolean): Promise<unknown> {
    const id = ++this.last;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.settle(id)?.reject(mediaError('MEDIA.TIMEOUT')), this.timeoutMs);
      this.pending.set(id, { resolve, reject, timer });
      if (!send(id)) this.settle(id)?.reject(mediaError('MEDIA.UNAVAILABLE'));
    });
  }

  /** Answers to nobody (late, after a timeout) are dropped. */
  answer(id: number, result: unknown, problem: Problem | undefined): void {
    const pending = this.settle(id);
    if (problem) pending?.reject(asError(problem));
    else pending?.resolve(result);
  }

  /** The link broke: nobody will answer. */
  fail(): void {
    for (const id of [...this.pending.keys()]) this.settle(id)?.reject(mediaError('MEDIA.UNAVAILABLE'));
  }

  private settle(id: number): Pending | undefined {
    const pending = this.pending.get(id);
    if (pending) clearTimeout(pending.timer);
    this.pending.delete(id);
    return pending;
  }
}

/** The other side's problem as an error of ours, so that it reaches the browser unchanged. */
function asError(problem: Problem): Error {
  const code = knownCodes.find((known) => known === problem.code);
  if (!code) return mediaError('MEDIA.UNAVAILABLE', { meta: { code: problem.code } });
  const detail = problem.detail === undefined ? {} : { detail: problem.detail };
  return new LyceumError(code, detail);
}

const knownCodes = [
  'MEDIA.BAD_REQUEST',
  'MEDIA.NOT_ALLOWED',
  'MEDIA.NO_TRACK',
  'MEDIA.SEAT_GONE',
  'MEDIA.UNAVAILABLE',
  'MEDIA.TIMEOUT',
] as const;
