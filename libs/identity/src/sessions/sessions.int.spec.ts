import { meSchema, logoutResultSchema } from '@lyceum/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { applianceForTests } from '../testing/appliance-for-tests.js';
import { BrowserForTests } from '../testing/browser-for-tests.js';
import { InstitutionForTests } from '../testing/institution-for-tests.js';

const appliance = applianceForTests();
const cookieName = '__Host-lyceum';
const idsSchema = z.array(z.object({ id: z.string() }));
const roleSchema = z.looseObject({ id: z.string(), name: z.string() });

describe('SE-01 sessions of browsers', () => {
  let here: InstitutionForTests;
  let there: InstitutionForTests;

  beforeAll(async () => {
    here = await InstitutionForTests.create(appliance, { ada: ['admin'], anna: ['instructor'], maya: ['student'] });
    there = await InstitutionForTests.create(appliance, { leo: ['student'] });
  });

  afterAll(async () => {
    await here.close();
    await there.close();
  });

  async function signedIn(username: string): Promise<BrowserForTests> {
    const browser = new BrowserForTests(appliance);
    await browser.signIn(here.slug, here.person(username));
    return browser;
  }

  /** As if Keycloak had last been asked long ago, so that the next request asks and waits. */
  const makeDue = () => here.query(`update web_session set checked_at = now() - interval '10 minutes'`);

  it('begin at Keycloak and lead back to where the person wanted to go', async () => {
    const browser = new BrowserForTests(appliance);
    const wanted = `/t/${here.slug}/courses?x=1`;
    expect(await browser.signIn(here.slug, here.person('anna'), wanted)).toBe(wanted);
    const me = meSchema.parse((await browser.api(here.slug, 'me')).body);
    expect(me).toMatchObject({ person: { username: 'anna' }, roles: ['instructor'], tenant: { slug: here.slug } });
    expect(Date.parse(me.sessionExpiresAt ?? '')).toBeGreaterThan(Date.now());
    expect([...browser.cookies.keys()].filter((name) => name.includes('login'))).toEqual([]);
  });

  it('lead nowhere else', async () => {
    const browser = new BrowserForTests(appliance);
    expect(await browser.signIn(here.slug, here.person('anna'), 'https://evil.test/')).toBe(`/t/${here.slug}/`);
  });

  it('know people at their first sign-in whom nobody wrote down before', async () => {
    const credentials = [{ type: 'password', value: here.password, temporary: false }];
    const user = { username: 'nils', firstName: 'Nils', lastName: 'Ny', email: 'nils@new.example', enabled: true };
    await here.admin.send('POST', `${here.realmPath}/users`, { ...user, credentials });
    const browser = await signedIn('nils');
    const me = meSchema.parse((await browser.api(here.slug, 'me')).body);
    expect(me.person).toMatchObject({ displayName: 'Nils Ny', email: 'nils@new.example' });
    expect((await browser.api(here.slug, 'people')).status).toBe(403);
  });

  it('do not begin in a browser that did not ask for it, nor twice with one code', async () => {
    const victim = new BrowserForTests(appliance);
    const attacker = new BrowserForTests(appliance);
    const callback = await attacker.authenticate(here.slug, here.person('maya'));
    const refused = await victim.open(callback);
    expect(refused.headers.get('location')).toContain(`/t/${here.slug}/sign-in?problem=expired`);
    expect(victim.cookies.has(cookieName)).toBe(false);

    const attempt = new Map(attacker.cookies);
    await attacker.open(callback);
    expect(attacker.cookies.has(cookieName)).toBe(true);
    attacker.cookies.clear();
    for (const [name, value] of attempt) attacker.cookies.set(name, value);
    const again = await attacker.open(callback);
    expect(again.headers.get('location')).toContain('problem=refused');
    expect(attacker.cookies.has(cookieName)).toBe(false);
  });

  it('do not begin with a changed state, or at another institution', async () => {
    const browser = new BrowserForTests(appliance);
    const callback = new URL(await browser.authenticate(here.slug, here.person('maya')));
    const state = callback.searchParams.get('state') ?? '';
    const changed = new URL(callback);
    changed.searchParams.set('state', `${state.slice(0, -2)}xx`);
    expect((await browser.open(changed.href)).headers.get('location')).toContain('problem=expired');
    const elsewhere = callback.href.replace(`/t/${here.slug}/`, `/t/${there.slug}/`);
    expect((await browser.open(elsewhere)).headers.get('location')).toContain('problem=expired');
  });

  it('are 404 at another institution, and 401 with a made-up secret', async () => {
    const browser = await signedIn('maya');
    expect((await browser.api(there.slug, 'me')).status).toBe(404);
    const cookie = browser.cookies.get(cookieName) ?? '';
    browser.cookies.set(cookieName, `${cookie.slice(0, -4)}AAAA`);
    expect((await browser.api(here.slug, 'me')).status).toBe(401);
    browser.cookies.set(cookieName, cookie.replace(here.tenant.id, there.tenant.id));
    expect((await browser.api(here.slug, 'me')).status).toBe(401);
    expect((await browser.api(there.slug, 'me')).status).toBe(401);
  });

  it('SE-09 take no orders from other sites', async () => {
    const browser = await signedIn('maya');
    const logout = `/t/${here.slug}/api/v1/auth/logout`;
    for (const headers of [{ 'x-lyceum-csrf': '0' }, { origin: 'https://evil.test' }]) {
      expect((await browser.open(logout, { method: 'POST', headers })).status).toBe(403);
    }
    await browser.open(`/t/${here.slug}/auth/logout`, { headers: { 'sec-fetch-site': 'cross-site' } });
    expect((await browser.api(here.slug, 'me')).status).toBe(200);
  });

  it('end here and at Keycloak when the person signs out', async () => {
    const browser = await signedIn('maya');
    const cookie = browser.cookies.get(cookieName) ?? '';
    const out = logoutResultSchema.parse((await browser.api(here.slug, 'auth/logout', { method: 'POST' })).body);
    expect(out.next).toContain(`${appliance.api.keycloak.publicUrl}${here.realmPath}/`);
    expect(browser.cookies.has(cookieName)).toBe(false);
    browser.cookies.set(cookieName, cookie);
    expect((await browser.api(here.slug, 'me')).status).toBe(401);
    // Keycloak asks for the password again: its own session is over, too.
    const page = await browser.open((await browser.open(`/t/${here.slug}/auth/login`)).headers.get('location') ?? '');
    expect(page.status).toBe(200);
  });

  it('end when Keycloak says so, and follow its roles', async () => {
    const browser = await signedIn('anna');
    const [user] = await here.admin.get(`${here.realmPath}/users?username=anna&exact=true`, idsSchema);
    const role = await here.admin.get(`${here.realmPath}/roles/admin`, roleSchema);
    await here.admin.send('POST', `${here.realmPath}/users/${user?.id}/role-mappings/realm`, [role]);
    expect((await browser.api(here.slug, 'people')).status).toBe(403);
    await makeDue();
    expect((await browser.api(here.slug, 'people')).status).toBe(200);
    await here.admin.send('POST', `${here.realmPath}/users/${user?.id}/logout`);
    await makeDue();
    expect((await browser.api(here.slug, 'people')).status).toBe(401);
    expect(await here.query(`select count(*)::int as n from web_session where end_reason = 'refused'`)).toEqual([
      { n: 1 },
    ]);
  });

  it('keep neither the secret nor a readable token in the database', async () => {
    const browser = await signedIn('ada');
    const secret = (browser.cookies.get(cookieName) ?? '').split('.')[1] ?? 'none';
    const rows = await here.query(
      `select t::text as row, encode(sealed_tokens, 'escape') as tokens from web_session t`,
    );
    const text = JSON.stringify(rows);
    expect(text.length).toBeGreaterThan(1_000);
    expect(text).not.toContain(secret);
    expect(text).not.toContain('eyJ');
  });
});
