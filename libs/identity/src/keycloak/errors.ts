/** A token that isn't good; `message` says why, for the log. Answered with 401, without the reason. */
export class InvalidTokenError extends Error {
  override readonly name = 'InvalidTokenError';
}

/** Keycloak refused a code or a refresh token (RFC 6749, section 5.2): that sign-in or session is over. */
export class GrantRefusedError extends Error {
  override readonly name = 'GrantRefusedError';
}

/** Keycloak can't be reached or is broken; nothing is known about the token. Answered with 503. */
export class KeycloakUnavailableError extends Error {
  override readonly name = 'KeycloakUnavailableError';
}
