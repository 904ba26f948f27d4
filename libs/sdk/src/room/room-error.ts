import type { Problem } from '@lyceum/contracts';

/** Why a command or a media request came to nothing. `problem` has words for the reader, whatever went wrong. */
export class RoomError extends Error {
  override readonly name = 'RoomError';

  constructor(readonly problem: Problem) {
    super(problem.detail ?? problem.title);
  }

  get code(): string {
    return this.problem.code;
  }
}

const own = (code: string, status: number, title: string, action: string): Problem => ({
  type: `urn:lyceum:error:${code}`,
  code,
  status,
  title,
  action,
});

/** Problems that the client itself notices. */
export const closedProblem = own('CLIENT.CLOSED', 410, 'The room was left', 'Join again.');
export const outdatedProblem = own('CLIENT.OUTDATED', 409, 'This page is older than the server', 'Reload the page.');
