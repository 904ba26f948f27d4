import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Layout } from '../host/layout.ts';
import { ensureCertificates, requireBrought } from './certificates.ts';
import { originals } from './secrets.ts';

const settings = { hostName: 'classes.example.edu', portBase: 9000, mediaAddress: '192.0.2.7', region: 'local' };
const day = 24 * 3600 * 1000;
let layout: Layout;

const file = (name: string): string => join(originals(layout), name);

beforeEach(async () => {
  const home = mkdtempSync(join(tmpdir(), 'lyceum-brought-'));
  layout = new Layout({ checkout: resolve(import.meta.dirname, '../../..'), cache: '/cache', home, separated: false });
  mkdirSync(originals(layout), { recursive: true });
  mkdirSync(join(layout.config, 'certificates'), { recursive: true });
  await ensureCertificates(layout, settings);
  // From here on the authority is somebody else's: its key is not on this host.
  rmSync(file('ca-key'));
});
afterEach(() => rmSync(layout.home ?? '', { recursive: true, force: true }));

describe('a certificate that another authority signed', () => {
  it('OP-03 is used as it is', async () => {
    const before = readFileSync(layout.chain);
    expect(await ensureCertificates(layout, settings)).toBe(0);
    expect(readFileSync(layout.chain)).toEqual(before);
  });

  it('OP-03 is refused in words when it is for another name, has ended, or does not fit its key', async () => {
    const other = { ...settings, hostName: 'other.example.edu' };
    await expect(ensureCertificates(layout, other)).rejects.toThrow('does not speak for other.example.edu');
    const chain = readFileSync(layout.chain);
    const key = readFileSync(file('tls-key'));
    expect(() => requireBrought(layout, settings, chain, key, Date.now() + 396 * day)).not.toThrow();
    expect(() => requireBrought(layout, settings, chain, key, Date.now() + 398 * day)).toThrow('ended');
    const elsewhere = new Layout({ ...layout, home: mkdtempSync(join(tmpdir(), 'lyceum-brought-')) });
    mkdirSync(originals(elsewhere), { recursive: true });
    mkdirSync(join(elsewhere.config, 'certificates'), { recursive: true });
    await ensureCertificates(elsewhere, settings);
    const foreign = readFileSync(join(originals(elsewhere), 'tls-key'));
    rmSync(elsewhere.home ?? '', { recursive: true });
    expect(() => requireBrought(layout, settings, chain, foreign)).toThrow('is not the key');
  });

  it('OP-03 is asked for when it is missing, and no authority is made beside the other one', async () => {
    const authority = readFileSync(layout.authority);
    rmSync(layout.chain);
    await expect(ensureCertificates(layout, settings)).rejects.toThrow('server.crt is missing');
    expect(readFileSync(layout.authority)).toEqual(authority);
  });
});
