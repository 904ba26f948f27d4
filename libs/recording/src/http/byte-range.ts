/** `end` is exclusive. */
export interface RequestedRange {
  readonly start: number;
  readonly end: number;
}

/**
 * The `Range` header of a request for `size` bytes (RFC 9110 §14.2). Several ranges, other units and nonsense are ignored, as
 * the RFC allows: the whole is sent.
 * @returns null for the whole, 'unsatisfiable' for a range that begins behind the end
 */
export function parseRange(header: string | undefined, size: number): RequestedRange | 'unsatisfiable' | null {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '');
  if (!match) return null;
  const [first = '', last = ''] = [match[1], match[2]];
  if (first === '' && last === '') return null;
  if (first === '') {
    const length = Math.min(size, Number(last));
    return length > 0 ? { start: size - length, end: size } : 'unsatisfiable';
  }
  const start = Number(first);
  const end = last === '' ? size : Math.min(size, Number(last) + 1);
  if (last !== '' && Number(last) < start) return null;
  return start < size ? { start, end } : 'unsatisfiable';
}
