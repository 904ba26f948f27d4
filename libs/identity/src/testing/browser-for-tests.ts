import type { ApplianceForTests } from './appliance-for-tests.js';

export interface Answer {
  status: number;
  location: string | null;
  body: unknown;
}

/**
 * A browser's part in signing in: cookies, redirects, one form. It reaches api and Keycloak at their inner addresses, and
 * keeps the cookies of both as a browser would on their one public origin.
 */
export class BrowserForTests {
  readonly cookies = new Map<string, string>();
  readonly #appliance: ApplianceForTests;

  constructor(appliance: ApplianceForTests) {
    this.#appliance = appliance;
  }

  /** Fetches a public address, or a path of it, without following redirects. */
  async open(address: string, init: RequestInit = {}): Promise<Response> {
    const { origin } = this.#appliance.api;
    const response = await fetch(this.#inner(new URL(address, origin).href), {
      ...init,
      redirect: 'manual',
      headers: { ...this.#headers(init.method), ...Object.fromEntries(new Headers(init.headers)) },
    });
    for (const cookie of response.headers.getSetCookie()) this.#keep(cookie);
    return response;
  }

  /** REST of an institution. */
  async api(slug: string, path: string, init: RequestInit = {}): Promise<Answer> {
    const response = await this.open(`/t/${slug}/api/v1/${path}`, init);
    const text = await response.text();
    const body: unknown = text === '' ? null : JSON.parse(text);
    return { status: response.status, location: response.headers.get('location'), body };
  }

  /** Goes to Keycloak and fills in its form. @returns the address that Keycloak sends the browser to, not yet opened. */
  async authenticate(slug: string, person: { username: string; password: string }, returnTo?: string): Promise<string> {
    const query = returnTo === undefined ? '' : `?${new URLSearchParams({ returnTo })}`;
    const begun = await this.open(`/t/${slug}/auth/login${query}`);
    const page = await this.open(locationOf(begun));
    // Keycloak goes straight back when the browser is signed in there already.
    if (page.status === 302) return locationOf(page);
    const action = /<form[^>]*id="kc-form-login"[^>]*action="([^"]+)"/.exec(await page.text())?.[1];
    if (action === undefined) throw new Error(`Keycloak showed no sign-in form (${page.status})`);
    const body = new URLSearchParams({ ...person, credentialId: '' });
    return locationOf(await this.open(action.replaceAll('&amp;', '&'), { method: 'POST', body }));
  }

  /** Signs in from end to end. @returns where the browser ends up. */
  async signIn(slug: string, person: { username: string; password: string }, returnTo?: string): Promise<string> {
    return locationOf(await this.open(await this.authenticate(slug, person, returnTo)));
  }

  #headers(method = 'GET'): Record<string, string> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    if (method === 'GET') return { cookie };
    return { cookie, 'x-lyceum-csrf': '1', origin: this.#appliance.api.origin };
  }

  #inner(address: string): string {
    const { api, apiUrl } = this.#appliance;
    const { publicUrl, internalUrl } = api.keycloak;
    if (address.startsWith(publicUrl)) return internalUrl + address.slice(publicUrl.length);
    return address.startsWith(api.origin) ? apiUrl + address.slice(api.origin.length) : address;
  }

  #keep(cookie: string): void {
    const [pair = ''] = cookie.split(';');
    const at = pair.indexOf('=');
    const [name, value] = [pair.slice(0, at), pair.slice(at + 1)];
    if (value === '' || /expires=thu, 01[ -]jan[ -]1970|max-age=0/i.test(cookie)) this.cookies.delete(name);
    else this.cookies.set(name, value);
  }
}

function locationOf(response: Response): string {
  const location = response.headers.get('location');
  if (location === null) throw new Error(`expected a redirect from ${response.url}, got ${response.status}`);
  return location;
}
