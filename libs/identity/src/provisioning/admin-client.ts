import { z } from 'zod';

const TIMEOUT_MS = 30_000;
/** Seconds before its end at which a token is replaced. */
const RENEW_SECONDS = 20;

const tokenSchema = z.object({ access_token: z.string(), expires_in: z.number() });

export interface AdminLogin {
  /** Keycloak's address on the host; the admin API is not exposed on the public one. */
  internalUrl: string;
  user: string;
  password: string;
}

/** Keycloak's admin API answered something else than hoped for. */
export class KeycloakAdminError extends Error {
  override readonly name = 'KeycloakAdminError';

  constructor(
    readonly status: number,
    what: string,
  ) {
    super(`Keycloak answered ${status} to ${what}`);
  }
}

/** Keycloak's admin REST API, as far as provisioning needs it. Signs in by itself with the administrator of `master`. */
export class KeycloakAdminClient {
  readonly #login: AdminLogin;
  #token: { value: string; renewAt: number } | undefined;

  constructor(login: AdminLogin) {
    this.#login = login;
  }

  /** @returns undefined when there is no such thing. */
  async find<T>(path: string, schema: z.ZodType<T>): Promise<T | undefined> {
    const response = await this.#call('GET', path);
    if (response.status === 404) return undefined;
    await expectSuccess(response, `GET ${path}`);
    return schema.parse(await response.json());
  }

  async get<T>(path: string, schema: z.ZodType<T>): Promise<T> {
    const found = await this.find(path, schema);
    if (found === undefined) throw new KeycloakAdminError(404, `GET ${path}`);
    return found;
  }

  async send(method: 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown): Promise<void> {
    await expectSuccess(await this.#call(method, path, body), `${method} ${path}`);
  }

  async #call(method: string, path: string, body?: unknown): Promise<Response> {
    const authorization = `Bearer ${await this.#accessToken()}`;
    return fetch(`${this.#login.internalUrl}/admin${path}`, {
      method,
      headers: { authorization, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  }

  async #accessToken(): Promise<string> {
    if (this.#token && this.#token.renewAt > performance.now()) return this.#token.value;
    const { internalUrl, user, password } = this.#login;
    const response = await fetch(`${internalUrl}/realms/master/protocol/openid-connect/token`, {
      method: 'POST',
      body: new URLSearchParams({ grant_type: 'password', client_id: 'admin-cli', username: user, password }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    await expectSuccess(response, 'the sign-in of the administrator');
    const { access_token: value, expires_in: seconds } = tokenSchema.parse(await response.json());
    this.#token = { value, renewAt: performance.now() + (seconds - RENEW_SECONDS) * 1_000 };
    return value;
  }
}

/** The body is thrown away: Keycloak repeats input in it, passwords of a user included. */
async function expectSuccess(response: Response, what: string): Promise<void> {
  if (response.ok) return;
  await response.body?.cancel();
  throw new KeycloakAdminError(response.status, what);
}
