import type { RawData } from 'ws';
import type { z } from 'zod';

/** Parses one text message by `schema`; null when it is no JSON or not of that shape. */
export function parseFrame<T extends z.ZodType>(schema: T, data: RawData): z.infer<T> | null {
  const bytes = Array.isArray(data) ? Buffer.concat(data) : Buffer.isBuffer(data) ? data : Buffer.from(data);
  try {
    const result = schema.safeParse(JSON.parse(bytes.toString('utf8')));
    return result.success ? result.data : null;
  } catch {
    return null;
  }
}
