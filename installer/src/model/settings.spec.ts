import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkSettings, chooseSettings, saveSettings } from './settings.ts';
import { Failure } from '../cli/failure.ts';
import { Layout } from '../host/layout.ts';

const good = { hostName: 'classes.example.edu', portBase: 8440, mediaAddress: '192.0.2.7', region: 'local' };

const store = { endpoint: 'https://s3.example.edu:9000', region: 'us-east-1', bucket: 'lyceum' };

describe('OP-01 settings', () => {
  it('OP-01 takes good ones as they are', () => {
    expect(checkSettings(good, 'here')).toEqual(good);
  });

  it('OP-01 lists every mistake at once, with the file to correct', () => {
    const bad = { hostName: 'no name', portBase: 80, mediaAddress: 'here', region: 'Här' };
    try {
      checkSettings(bad, '/etc/lyceum/appliance.json');
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(Failure);
      const { why, cure } = error as Failure;
      for (const word of ['hostName', 'portBase', 'mediaAddress', 'region']) expect(why).toContain(word);
      expect(cure).toContain('/etc/lyceum/appliance.json');
    }
  });

  it.each([0, 1023, 65_500, 9000.5, '9000', Number.NaN])('OP-01 refuses the port base %s', (portBase) => {
    expect(() => checkSettings({ ...good, portBase }, 'here')).toThrow('portBase');
  });

  it.each([
    [{ ...store, endpoint: 's3.example.edu' }, 'store.endpoint "s3.example.edu" is not like'],
    [{ ...store, endpoint: 'https://s3.example.edu/bucket' }, 'store.endpoint'],
    [{ ...store, endpoint: 'https://key:word@s3.example.edu' }, 'store.endpoint'],
    [{ ...store, region: 'here and there' }, 'store.region "here and there" is not'],
    [{ ...store, bucket: 'Lyceum' }, 'store.bucket "Lyceum" is not'],
    ['s3', 'store "s3" is not an object'],
  ])('OP-01 refuses the object store %j', (wrong, why) => {
    expect(() => checkSettings({ ...good, store: wrong }, 'here')).toThrow(why);
  });

  it('OP-01 remembers an object store that was typed once, and changes only what is typed anew', async () => {
    const home = mkdtempSync(join(tmpdir(), 'lyceum-settings-'));
    const layout = new Layout({ checkout: '/checkout', cache: '/cache', home, separated: false });
    mkdirSync(layout.config);
    try {
      expect((await chooseSettings(layout, {})).store).toBeUndefined();
      await expect(chooseSettings(layout, { storeBucket: 'classes' })).rejects.toThrow('store.endpoint undefined');
      const first = await chooseSettings(layout, { store: store.endpoint });
      expect(first.store).toEqual(store);
      saveSettings(layout, first);
      expect((await chooseSettings(layout, {})).store).toEqual(store);
      const second = await chooseSettings(layout, { storeBucket: 'classes' });
      expect(second.store).toEqual({ ...store, bucket: 'classes' });
    } finally {
      rmSync(home, { recursive: true });
    }
  });
});
