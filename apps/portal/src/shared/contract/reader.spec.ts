import { isDeepStrictEqual } from 'node:util';
import * as contracts from '@lyceum/contracts';
import { describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { Mismatch } from './reader.js';
import { fitting, type JsonSchema, spoiled } from './samples.js';

vi.resetModules();
vi.doMock('zod', () => import('./z.js'));
const lean: Readonly<Record<string, unknown>> = await import('@lyceum/contracts');
vi.doUnmock('zod');

interface Parser {
  safeParse(value: unknown): { success: boolean; data?: unknown; error?: Error };
}
const isParser = (value: unknown): value is Parser =>
  typeof value === 'object' && value !== null && 'safeParse' in value && typeof value.safeParse === 'function';

/** Every schema by its name, those inside tables such as `commands` too; as zod has it and as the portal's build has it. */
function pairs(ours: object, theirs: object): [string, Parser, Parser][] {
  return Object.entries(ours).flatMap(([name, schema]): [string, Parser, Parser][] => {
    const other: unknown = Object.entries(theirs).find(([key]) => key === name)?.[1];
    if (isParser(schema) && isParser(other)) return [[name, schema, other]];
    const isTable = (value: unknown): value is object =>
      typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Set);
    return isTable(schema) && isTable(other)
      ? pairs(schema, other).map(([key, a, b]): [string, Parser, Parser] => [`${name}.${key}`, a, b])
      : [];
  });
}
const all = pairs(contracts, lean);

describe('AV-03 contracts read in the browser', () => {
  it('AV-03 covers what the server has', () => {
    expect(all.length).toBeGreaterThan(60);
    expect(all.every(([, ours, theirs]) => ours !== theirs)).toBe(true);
  });

  it.each(all)('AV-03 %s takes and refuses what zod takes and refuses', (_name, ours, theirs) => {
    const schema = z.toJSONSchema(ours as z.ZodType, { io: 'input', unrepresentable: 'any' }) as JsonSchema;
    const good = fitting(schema);
    expect(theirs.safeParse(good[0]).success).toBe(true);
    for (const value of [...good, ...spoiled(good[0]), ...spoiled(good.at(-1))]) {
      const expected = ours.safeParse(value);
      const found = theirs.safeParse(value);
      // Comparing plainly first: thousands of values, and words are only needed for one that differs.
      if (isDeepStrictEqual(found.data, expected.data) && found.success === expected.success) continue;
      expect({ value, success: found.success, data: found.data }).toEqual({
        value,
        success: expected.success,
        data: expected.data,
      });
    }
  });

  it('AV-03 says where an answer is wrong', () => {
    const schema = all.find(([name]) => name === 'problemSchema')?.[2];
    const wrong = { type: '', title: '', status: 400, code: 'A', issues: [{ path: 'a', message: 3 }] };
    const { error } = schema?.safeParse(wrong) ?? {};
    expect(error).toBeInstanceOf(Error);
    expect(error?.name).toBe(Mismatch.name);
    expect(error?.message).toBe('issues.0.message: expected a string');
  });
});
