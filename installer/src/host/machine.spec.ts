import { describe, expect, it } from 'vitest';
import { requireDebian } from './machine.ts';

const named = (id: string, version?: string): string =>
  `PRETTY_NAME="Some system"\n${version === undefined ? '' : `VERSION_ID="${version}"\n`}VERSION_CODENAME=name\nID=${id}\n`;

describe('OP-01 the system', () => {
  it('OP-01 may be Debian 12', () => {
    expect(() => requireDebian(named('debian', '12'))).not.toThrow();
  });

  it.each([
    ['debian 13', named('debian', '13')],
    ['debian 11', named('debian', '11')],
    ['debian without a version', named('debian')],
    ['ubuntu 12', named('ubuntu', '12')],
    ['an unknown system', ''],
  ])('OP-01 is refused by its name when it is %s, before anything is installed', (name, text) => {
    expect(() => requireDebian(text)).toThrow(
      expect.objectContaining({
        why: `this is ${name}; the native installation knows Debian 12`,
        cure: expect.stringContaining('compose/README.md') as string,
      }),
    );
  });
});
