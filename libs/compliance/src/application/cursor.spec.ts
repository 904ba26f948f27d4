import { describe, expect, it } from 'vitest';
import { readCursor, writeCursor } from './cursor.js';

describe('SE-05 the cursor of the audit listing', () => {
  it('comes back as it was written', () => {
    const place = { recordedAt: '2026-11-22T20:00:00.123Z', id: '0b6a7d0e-54a4-4a1c-9a53-0d8f8f3b8c11' };
    expect(readCursor(writeCursor(place))).toEqual(place);
  });

  it.each(['', 'nonsense', Buffer.from('["now","me"]').toString('base64url')])('refuses %j with a 400', (cursor) => {
    expect(() => readCursor(cursor)).toThrow(expect.objectContaining({ code: 'REQUEST.INVALID', status: 400 }));
  });
});
