import { RequestContext } from '@lyceum/platform/context';
import { describe, expect, it } from 'vitest';
import { idOfNew } from './idempotency.js';

const tenant = { id: 't1', slug: 't', name: 'T', realm: 't', region: 'local' };
const as = (personId: string, id = 't1') =>
  RequestContext.create({ tenant: { ...tenant, id }, actor: { kind: 'person', personId, roles: [] } });
const id = (ctx: RequestContext, key: string | undefined, what = 'course') =>
  idOfNew(ctx, key === undefined ? {} : { 'idempotency-key': key }, what);

describe('AP-01 idempotency keys', () => {
  it('lead to the same id again, which is a UUID', () => {
    expect(id(as('p1'), 'k')).toBe(id(as('p1'), 'k'));
    expect(id(as('p1'), 'k')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });
  it('lead elsewhere for another person, institution, thing or key', () => {
    const ids = [
      id(as('p1'), 'k'),
      id(as('p2'), 'k'),
      id(as('p1', 't2'), 'k'),
      id(as('p1'), 'k', 'session of x'),
      id(as('p1'), 'l'),
      id(as('p1'), undefined),
      id(as('p1'), undefined),
    ];
    expect(new Set(ids).size).toBe(ids.length);
  });
  it.each(['', 'a b', 'ü', 'x'.repeat(201)])('refuse %j', (key) => {
    expect(() => id(as('p1'), key)).toThrow('REQUEST.INVALID');
  });
});
