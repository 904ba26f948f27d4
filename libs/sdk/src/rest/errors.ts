import type { Problem } from '@lyceum/contracts';

/** Why a call failed: the server said so, nothing came back, or what came back isn't what the contract says. */
export type ApiFailure = 'problem' | 'network' | 'contract';

/** Every rejection of the REST client. `problem` is always there, so that a page can show words whatever went wrong. */
export class LyceumApiError extends Error {
  override readonly name = 'LyceumApiError';

  constructor(
    readonly failure: ApiFailure,
    /** RFC 9457 problem details; made up here (code `CLIENT.*`) when the server sent none. */
    readonly problem: Problem,
    cause?: unknown,
  ) {
    super(problem.detail ?? problem.title, { cause });
  }

  /** HTTP status of the answer; 0 when nothing came back. */
  get status(): number {
    return this.failure === 'network' ? 0 : this.problem.status;
  }

  get code(): string {
    return this.problem.code;
  }
}

/** True for the answer to a call without a (living) session: the reader has to sign in. */
export const isSignedOut = (error: unknown): boolean => error instanceof LyceumApiError && error.status === 401;
