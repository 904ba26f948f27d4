import { describe, expect, it } from 'vitest';
import { checkSettings } from './settings.ts';
import { Failure } from '../cli/failure.ts';

const good = { hostName: 'classes.example.edu', portBase: 8440, mediaAddress: '192.0.2.7', region: 'local' };

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
});
