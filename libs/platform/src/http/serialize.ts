import type { z } from 'zod';

/**
 * What goes on the wire: the value as its schema gives it, so that a field the contract doesn't know can't leak.
 * @throws Error when the value doesn't fit, or, with `strict`, when something would be stripped.
 */
export function serialize(schema: z.ZodType, value: unknown, strict: boolean): unknown {
  const result = schema.safeParse(value);
  if (!result.success) {
    throw new Error(`the answer breaks its contract: ${result.error.issues.map(describe).join('; ')}`);
  }
  const surplus = strict ? unknownFields(value, result.data) : [];
  if (surplus.length > 0) throw new Error(`the answer has fields its contract doesn't know: ${surplus.join(', ')}`);
  return result.data;
}

/** Paths of members that `before` has and `after` lost. */
export function unknownFields(before: unknown, after: unknown, path = ''): string[] {
  if (Array.isArray(before) && Array.isArray(after)) {
    return before.flatMap((item, index) => unknownFields(item, after[index], `${path}[${index}]`));
  }
  if (!isPlain(before) || !isPlain(after)) return [];
  return Object.entries(before).flatMap(([key, value]) => {
    const here = path ? `${path}.${key}` : key;
    if (value === undefined) return [];
    return key in after ? unknownFields(value, after[key], here) : [here];
  });
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
}

const describe = (issue: z.core.$ZodIssue) => `${issue.path.map(String).join('.') || '(value)'}: ${issue.message}`;
