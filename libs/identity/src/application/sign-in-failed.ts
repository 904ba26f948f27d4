/**
 * Why somebody could not sign in: `expired` (took too long, or the browser didn't begin it), `refused` (Keycloak or we said
 * no), `unavailable` (Keycloak doesn't answer).
 */
export type SignInFailure = 'expired' | 'refused' | 'unavailable';

export class SignInFailed extends Error {
  override readonly name = 'SignInFailed';

  constructor(
    readonly reason: SignInFailure,
    /** Where the person wanted to go, when that is known. */
    readonly returnTo?: string,
    cause?: unknown,
  ) {
    super(`sign-in ${reason}`, { cause });
  }
}
