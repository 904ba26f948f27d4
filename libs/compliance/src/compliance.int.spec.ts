import { randomUUID } from 'node:crypto';
import { Audit, AuditChainer, AuditModule } from '@lyceum/platform/audit';
import { auditPageSchema, auditQuerySchema, type AuditPage } from '@lyceum/contracts';
import { RequestContext } from '@lyceum/platform/context';
import { Database, DatabaseModule, TenantDirectory } from '@lyceum/platform/database';
import { openTestDatabase, operatorConfigForTests, type TestDatabase } from '@lyceum/platform/testing';
import { People } from '@lyceum/tenancy';
import { Test, type TestingModule } from '@nestjs/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AuditListing, AuditVerification, ComplianceModule } from './index.js';

const entries = 7;

describe('SE-05 the audit trail for those who run the institution', () => {
  let app: TestingModule;
  let test: TestDatabase;
  let system: RequestContext;
  let maya: RequestContext;

  const page = async (query: Record<string, unknown>, ctx = system): Promise<AuditPage> =>
    auditPageSchema.parse(await app.get(AuditListing).page(ctx, auditQuerySchema.parse(query)));
  const actions = async (query: Record<string, unknown>) => (await page(query)).items.map((item) => item.action);

  beforeAll(async () => {
    test = await openTestDatabase();
    system = await test.tenant();
    app = await Test.createTestingModule({
      imports: [
        DatabaseModule.forRoot(operatorConfigForTests().database, 'compliance-spec'),
        AuditModule,
        ComplianceModule,
      ],
    }).compile();
    await app.init();
    const claims = { subject: randomUUID(), username: 'maya', displayName: 'Maya Okafor', email: null, roles: [] };
    const person = await app
      .get(Database)
      .transaction(system, 'write', (tx) => app.get(People).ensure(tx, claims, false));
    maya = system.withActor({ kind: 'person', personId: person.id, roles: ['student'] });
    const audit = app.get(Audit);
    for (let index = 0; index < entries; index += 1) {
      await audit.record(system, { action: 'spec.counted', outcome: 'done', detail: { index } });
    }
    await audit.record(maya, { action: 'recording.viewed', outcome: 'done', target: { kind: 'recording', id: 'r1' } });
    await audit.denied(maya, { action: 'access.denied', detail: { permission: 'audit.read' } });
  });
  afterAll(async () => {
    await app.close();
    await test.close();
  });

  it('SE-05 is read newest first, page by page, without a hole or a repetition', async () => {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const { items, nextCursor } = await page({ limit: 2, ...(cursor !== undefined && { cursor }) });
      seen.push(...items.map((item) => item.id));
      cursor = nextCursor ?? undefined;
    } while (cursor !== undefined);
    const { items } = await page({ limit: 200 });
    expect(seen).toEqual(items.map((item) => item.id));
    expect(new Set(seen).size).toBe(entries + 2);
    const times = items.map((item) => item.at);
    expect(times).toEqual([...times].sort().reverse());
  });

  it('SE-05 shows who did what to what, with today’s name', async () => {
    const { items } = await page({ action: 'recording.viewed' });
    expect(items).toMatchObject([
      {
        actor: { kind: 'person', name: 'Maya Okafor' },
        target: { kind: 'recording', id: 'r1' },
        outcome: 'done',
        detail: {},
        requestId: maya.requestId,
      },
    ]);
  });

  it('SE-05 is searched by action, outcome, name and time', async () => {
    expect(await actions({ action: 'recording.' })).toEqual(['recording.viewed']);
    expect(await actions({ outcome: 'denied' })).toEqual(['access.denied']);
    expect((await actions({ q: 'okafor' })).sort()).toEqual(['access.denied', 'recording.viewed']);
    expect(await actions({ q: 'nobody at all' })).toEqual([]);
    expect(await actions({ action: 'spec.%' })).toEqual([]);
    const future = new Date(Date.now() + 3_600_000).toISOString();
    expect(await actions({ from: future })).toEqual([]);
    expect(await actions({ to: future })).toHaveLength(entries + 2);
  });

  it('SE-05 says which entries are linked, and verifies by institution', async () => {
    const chainer = new AuditChainer(app.get(Database));
    while ((await page({})).items.some((item) => !item.linked)) await chainer.link(system);
    app.get(TenantDirectory).refresh();
    const [verdict] = await app.get(AuditVerification).verify(system.tenant.slug);
    expect(verdict).toMatchObject({ tenant: system.tenant.slug, ok: true, links: entries + 2, faults: [] });
    await expect(app.get(AuditVerification).verify('no-such-institution')).rejects.toThrow('there is no institution');
  });

  it('SE-02 shows nothing of another institution', async () => {
    const other = await test.tenant();
    expect(await page({}, other)).toEqual({ items: [], nextCursor: null });
  });

  it('AP-01 refuses a cursor that is not ours', async () => {
    await expect(page({ cursor: 'xyz' })).rejects.toMatchObject({ code: 'REQUEST.INVALID' });
  });
});
