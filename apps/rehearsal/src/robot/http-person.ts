import { request, type APIRequestContext, type APIResponse } from 'playwright-core';
import type { Appliance, Credentials } from '../appliance.js';

/** A person without a browser: signs in through Keycloak's form and calls REST with the session's cookie. */
export class HttpPerson {
  private constructor(
    readonly credentials: Credentials,
    private readonly http: APIRequestContext,
    private readonly origin: string,
  ) {}

  static async arrive(appliance: Appliance, credentials: Credentials): Promise<HttpPerson> {
    const http = await request.newContext({ ignoreHTTPSErrors: true });
    const person = new HttpPerson(credentials, http, appliance.origin);
    const page = await http.get(`${appliance.origin}/t/${credentials.tenant}/auth/login`);
    const action = /<form[^>]+action="([^"]+)"/.exec(await page.text())?.[1];
    if (!action) throw new Error(`No sign-in form at ${page.url()} (${page.status()})`);
    const { username, password } = credentials;
    const done = await http.post(action.replaceAll('&amp;', '&'), { form: { username, password } });
    if (!done.url().startsWith(`${appliance.origin}/t/`))
      throw new Error(`Sign-in of ${username} ended at ${done.url()}`);
    return person;
  }

  /** The raw answer to a call under `/t/{tenant}/api/v1/`; `tenant` is the person's own unless named. */
  call(method: string, path: string, options: { body?: unknown; tenant?: string } = {}): Promise<APIResponse> {
    const tenant = options.tenant ?? this.credentials.tenant;
    return this.http.fetch(`${this.origin}/t/${tenant}/api/v1/${path}`, {
      method,
      headers: { 'x-lyceum-csrf': '1', origin: this.origin },
      ...(options.body === undefined ? {} : { data: options.body }),
    });
  }

  /** The parsed body of a successful call. */
  async json<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await this.call(method, path, { body });
    if (!response.ok()) throw new Error(`${method} ${path}: ${response.status()} ${await response.text()}`);
    return (await response.json()) as T;
  }

  /** The appliance's OpenAPI document. */
  async openApi(): Promise<{ paths: Record<string, Record<string, unknown>> }> {
    return (await (await this.http.get(`${this.origin}/api/openapi.json`)).json()) as Awaited<
      ReturnType<this['openApi']>
    >;
  }

  leave(): Promise<void> {
    return this.http.dispose();
  }
}
