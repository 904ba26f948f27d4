import { describe, expect, it } from 'vitest';
import { Layout } from './layout.ts';
import { perFileSystem, requireDebian, roomNeeded } from './machine.ts';

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

describe('OP-01 room on the disk', () => {
  const layout = new Layout({ checkout: '/checkout', cache: '/var/cache/lyceum', home: undefined, separated: true });

  it('OP-01 is 5 GB in all for a first installation, as docs/operator.md says', () => {
    const all = perFileSystem(roomNeeded(layout, true), () => 1);
    expect(all.map(({ megabytes }) => megabytes)).toEqual([5000]);
  });

  it('OP-01 is summed for what lies together, and asked for apart where file systems differ', () => {
    const rooms = [
      { path: '/usr', megabytes: 10 },
      { path: '/tmp/not-there-yet/deeper', megabytes: 20 },
      { path: '/var', megabytes: 30 },
    ];
    const apart = perFileSystem(rooms, (folder) => (folder === '/tmp' ? 2 : 1));
    expect(apart).toEqual([
      { path: '/usr', megabytes: 40 },
      { path: '/tmp', megabytes: 20 },
    ]);
  });
});
