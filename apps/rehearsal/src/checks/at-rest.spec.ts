import { randomBytes, randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { plaintextIn } from './at-rest.js';

/** Parameters of a FLOE message with segments of 64 KiB; what follows looks like chance. */
const floe = () => Buffer.concat([Buffer.from([0, 0, 0, 1, 0, 0, 0, 0, 0, 32]), randomBytes(500)]);
const ebml = Buffer.from([0x1a, 0x45, 0xdf, 0xa3]);

describe('SE-03 the search for plaintext in the object store', () => {
  let directory: string;
  const tenant = randomUUID();
  const store = (bytes: Buffer, place = `lyceum/${tenant}/recordings`) => {
    mkdirSync(join(directory, place), { recursive: true });
    writeFileSync(join(directory, place, 'object'), bytes);
  };
  const marks = () => plaintextIn(directory).found.map((line) => line.split(' in ')[0]);

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'lyceum-at-rest-'));
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  it('SE-03 finds nothing in ciphertext', () => {
    store(floe());
    expect(plaintextIn(directory)).toEqual({ objects: 1, found: [] });
  });

  it.each([
    [
      'the sound of a recording',
      Buffer.concat([ebml, floe(), Buffer.from('OpusHead')]),
      ['OpusHead', 'EBML', 'no FLOE'],
    ],
    ['the picture of a recording', Buffer.concat([ebml, Buffer.from('V_VP8'), floe()]), ['V_VP8', 'EBML', 'no FLOE']],
    ['a piece of the journal', Buffer.concat([Buffer.from('LYJP'), floe()]), ['LYJP', 'no FLOE']],
    ['a manifest', Buffer.from('{"version":1,"roomOpenedAtMs":1}'), ['"roomOpenedAtMs"', 'no FLOE']],
    ['what nobody encrypted', randomBytes(500).fill(0xff, 0, 2), ['no FLOE']],
    ['plaintext behind a header', Buffer.concat([floe(), Buffer.from('OpusHead')]), ['OpusHead']],
  ])('SE-03 finds %s', (_, bytes, expected) => {
    store(bytes);
    expect(marks()).toEqual(expected);
  });

  it('SE-03 asks for FLOE in what belongs to a tenant, and for no plaintext anywhere', () => {
    store(Buffer.from('a lock'), 'lyceum');
    expect(plaintextIn(directory)).toEqual({ objects: 0, found: [] });
    store(Buffer.from('OpusHead'), '.versions');
    expect(marks()).toEqual(['OpusHead']);
  });
});
