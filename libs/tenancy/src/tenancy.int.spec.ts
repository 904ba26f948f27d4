import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { loadConfig, operatorConfig } from '@lyceum/platform/config';
import { RequestContext } from '@lyceum/platform/context';
import { Database, DatabaseModule } from '@lyceum/platform/database';
import { Test, type TestingModule } from '@nestjs/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Institutions } from './application/institutions.js';
import { People, type PersonClaims } from './application/people.js';
import { TenancyModule } from './tenancy.module.js';

describe('people of an institution', () => {
  let module: TestingModule;
  let here: RequestContext;
  let there: RequestContext;

  const claims = (username: string, over: Partial<PersonClaims> = {}): PersonClaims => ({
    subject: `subject of ${username}`,
    username,
    displayName: `${username} Name`,
    email: `${username}@test.example`,
    roles: ['student'],
    ...over,
  });
  const write = <T>(ctx: RequestContext, fn: (tx: RequestContext) => Promise<T>) =>
    module.get(Database).transaction(ctx, 'write', fn);
  const ensure = (ctx: RequestContext, person: PersonClaims, seen = true) =>
    write(ctx, (tx) => module.get(People).ensure(tx, person, seen));
  const directory = (ctx: RequestContext, query: { q?: string; limit?: number; cursor?: string } = {}) =>
    write(ctx, (tx) => module.get(People).directory(tx, { limit: 50, ...query }));

  async function institution(): Promise<RequestContext> {
    const slug = `ten-${randomUUID().slice(0, 8)}`;
    const input = { slug, name: slug, region: 'local', accent: null };
    const { tenant, created } = await module.get(Institutions).ensure(input);
    expect(created).toBe(true);
    expect((await module.get(Institutions).ensure(input)).created).toBe(false);
    return RequestContext.system(tenant, 'test');
  }

  beforeAll(async () => {
    const home = process.env.LYCEUM_HOME;
    if (!home) throw new Error('LYCEUM_HOME must name a running test appliance');
    const file = join(home, 'config', 'operator', 'operator.json');
    const { database } = loadConfig(operatorConfig, { LYCEUM_CONFIG: file });
    const imports = [DatabaseModule.forRoot(database, 'test'), TenancyModule];
    module = await Test.createTestingModule({ imports }).compile();
    await module.init();
    [here, there] = [await institution(), await institution()];
  });

  afterAll(async () => {
    const ids = [here.tenant.id, there.tenant.id];
    await module
      .get(Database)
      .platform((manager) => manager.query('update tenant set closed_at = now() where id = any($1)', [ids]));
    await module.close();
  });

  it('SE-01 are one row each, also when somebody signs in twice at the same moment', async () => {
    const both = await Promise.all([ensure(here, claims('maya')), ensure(here, claims('maya'))]);
    expect(both[0]?.id).toBe(both[1]?.id);
    const renamed = await ensure(here, claims('maya', { displayName: 'Maya Okafor', username: 'maya2', email: null }));
    expect(renamed).toEqual({ id: both[0]?.id, displayName: 'Maya Okafor', username: 'maya2', email: null });
    const newcomer = await ensure(here, claims('maya', { subject: 'somebody else' }));
    expect(newcomer.id).not.toBe(renamed.id);
  });

  it('SE-02 are strangers to another institution, even with the same subject', async () => {
    const [anna, other] = [await ensure(here, claims('anna')), await ensure(there, claims('anna'))];
    expect(anna.id).not.toBe(other.id);
    const people = module.get(People);
    await expect(write(there, (tx) => people.require(tx, anna.id))).rejects.toMatchObject({ status: 404 });
    expect((await write(there, (tx) => people.names(tx, [anna.id, other.id]))).size).toBe(1);
    expect((await directory(there)).items.map(({ id }) => id)).toEqual([other.id]);
  });

  it('AP-01 are listed by name, a page at a time, and found by any part of a name or address', async () => {
    const ctx = await institution();
    for (const name of ['Bo', 'Åsa', 'Cleo', 'Ann', 'Dana'])
      await ensure(ctx, claims(name, { displayName: name }), false);
    const whole = (await directory(ctx)).items.map(({ displayName }) => displayName);
    expect([...whole].sort()).toEqual(['Ann', 'Bo', 'Cleo', 'Dana', 'Åsa']);
    const paged: string[] = [];
    for (let cursor: string | null | undefined; cursor !== null;) {
      const page = await directory(ctx, { limit: 2, ...(cursor === undefined ? {} : { cursor }) });
      expect(page.items.length).toBeLessThanOrEqual(2);
      paged.push(...page.items.map(({ displayName }) => displayName));
      cursor = page.nextCursor;
    }
    expect(paged).toEqual(whole);
    expect((await directory(ctx, { q: 'LEO' })).items.map(({ displayName }) => displayName)).toEqual(['Cleo']);
    expect((await directory(ctx, { q: 'dana@test' })).items).toHaveLength(1);
    expect((await directory(ctx, { q: '%' })).items).toEqual([]);
    await expect(directory(ctx, { cursor: 'made-up' })).rejects.toMatchObject({ status: 400 });
  });
});
