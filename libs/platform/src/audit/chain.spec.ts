import { describe, expect, it } from 'vitest';
import { RequestContext } from '../context/index.js';
import { genesisHash, linkHash, nextLink } from './chain.js';
import { buildEntry, canonicalBytes } from './entry.js';
import { columnsMatch, parseEntry } from './entry-columns.js';

const tenant = {
  id: '7c1b0a52-6f1d-4b0e-9d3e-0e6a3f1d2c4b',
  slug: 'spec',
  name: 'Spec',
  realm: 'spec',
  region: 'local',
};
const ctx = RequestContext.system(tenant, 'spec', { requestId: 'request-1' });
const at = new Date('2026-11-22T20:00:00.123Z');
const id = '0b6a7d0e-54a4-4a1c-9a53-0d8f8f3b8c11';

describe('SE-05 audit entries', () => {
  it('SE-05 have one canonical form (RFC 8785): sorted keys, shortest numbers, no spaces', () => {
    const value = { b: 1e21, a: 'é\u0007"', c: [true, null, -0, 0.5] };
    expect(canonicalBytes(value).toString()).toBe('{"a":"é\\u0007\\"","b":1e+21,"c":[true,null,0,0.5]}');
    expect(canonicalBytes({ x: 1, y: 2 })).toEqual(canonicalBytes({ y: 2, x: 1 }));
    expect(() => canonicalBytes(Number.NaN)).toThrow();
  });

  it('SE-05 are read back as they were written', () => {
    const input = {
      action: 'spec.done',
      target: { kind: 'spec', id: '1' },
      outcome: 'done',
      detail: { n: 1 },
    } as const;
    const entry = buildEntry(ctx, input, id, at);
    const stored = parseEntry(canonicalBytes(entry));
    expect(stored).toEqual(entry);
    const row = {
      id,
      tenant_id: tenant.id,
      recorded_at: at,
      action: 'spec.done',
      outcome: 'done',
      actor_kind: 'system',
      actor_id: 'spec',
      target_kind: 'spec',
      target_id: '1',
    };
    const bytes = canonicalBytes(entry);
    expect(columnsMatch(bytes, row)).toBe(true);
    for (const change of [
      { action: 'spec.undone' },
      { recorded_at: new Date(at.getTime() + 1) },
      { actor_id: null },
      { target_id: '2' },
      { outcome: 'denied' },
    ]) {
      expect(columnsMatch(bytes, { ...row, ...change }), JSON.stringify(change)).toBe(false);
    }
    expect(columnsMatch(Buffer.from('{}'), row)).toBe(false);
  });
});

describe('SE-05 the chain', () => {
  it('SE-05 starts differently for every institution', () => {
    expect(genesisHash('a')).not.toEqual(genesisHash('b'));
  });

  it('SE-05 a link’s hash depends on its number, the link before and the entry', () => {
    const first = nextLink({ number: 0n, hash: genesisHash('a') }, 'one', Buffer.from('1'));
    const second = nextLink(first, 'two', Buffer.from('2'));
    expect(second).toMatchObject({ number: 2n, previousHash: first.hash });
    const { number, previousHash, entryHash, hash } = second;
    expect(linkHash(number, previousHash, entryHash)).toEqual(hash);
    expect(linkHash(number + 1n, previousHash, entryHash)).not.toEqual(hash);
    expect(linkHash(number, entryHash, previousHash)).not.toEqual(hash);
  });

  it('SE-05 has a published form: the hashes of a known chain', () => {
    const link = nextLink({ number: 0n, hash: genesisHash(tenant.id) }, id, Buffer.from('{"a":1}'));
    expect(link.entryHash.toString('hex')).toBe('015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862');
    expect(link.hash.toString('hex')).toMatchInlineSnapshot(
      `"c7cbd832754a3a894f9b0ed49b7d778e127f1fc91fcc9627fec3e513e2b63412"`,
    );
  });
});
