import type { ObjectBody } from './object-store.js';

/** Cuts a body into pieces of exactly `size` bytes, the last one shorter; one piece in memory at a time. */
export async function* partsOf(body: ObjectBody, size: number): AsyncGenerator<Buffer> {
  const source = Buffer.isBuffer(body) ? [body] : body;
  let pending: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of source) {
    let rest: Uint8Array = chunk;
    while (length + rest.length >= size) {
      const head = rest.subarray(0, size - length);
      yield Buffer.concat([...pending, head], size);
      rest = rest.subarray(head.length);
      pending = [];
      length = 0;
    }
    if (rest.length > 0) {
      pending.push(rest);
      length += rest.length;
    }
  }
  if (length > 0) yield Buffer.concat(pending, length);
}
