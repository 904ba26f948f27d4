import { mkdtempSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Layout } from '../host/layout.ts';
import { ensureCertificates, serves } from './certificates.ts';
import { originals } from './secrets.ts';

const settings = { hostName: 'classes.example.edu', portBase: 9000, mediaAddress: '192.0.2.7', region: 'local' };
const checkout = resolve(import.meta.dirname, '../../..');
let home: string;
let layout: Layout;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'lyceum-certificates-'));
  layout = new Layout({ checkout, cache: '/cache', home, separated: false });
  mkdirSync(originals(layout), { recursive: true });
  mkdirSync(join(layout.config, 'certificates'), { recursive: true });
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

describe('OP-01 certificates', () => {
  const read = () => ({
    chain: readFileSync(layout.chain),
    key: readFileSync(join(originals(layout), 'tls-key')),
    authority: readFileSync(layout.authority),
  });

  it('OP-01 makes them once, for the name and addresses of the origin', async () => {
    expect(await ensureCertificates(layout, settings)).toBe(2);
    const { chain, key, authority } = read();
    expect(serves(chain, key, authority, settings)).toBe(true);
    expect(await ensureCertificates(layout, settings)).toBe(0);
    expect(readFileSync(layout.chain)).toEqual(chain);
  });

  it('OP-01 makes a new server certificate for another name, under the same authority', async () => {
    await ensureCertificates(layout, settings);
    const before = read();
    expect(await ensureCertificates(layout, { ...settings, hostName: 'other.example.edu' })).toBe(1);
    expect(read().authority).toEqual(before.authority);
    expect(read().chain).not.toEqual(before.chain);
  });

  it('OP-01 renews in time, and not with a key that does not fit', async () => {
    await ensureCertificates(layout, settings);
    const { chain, key, authority } = read();
    const day = 24 * 3600 * 1000;
    expect(serves(chain, key, authority, settings, Date.now() + 360 * day)).toBe(true);
    expect(serves(chain, key, authority, settings, Date.now() + 370 * day)).toBe(false);
    expect(serves(chain, readFileSync(join(originals(layout), 'ca-key')), authority, settings)).toBe(false);
  });
});
