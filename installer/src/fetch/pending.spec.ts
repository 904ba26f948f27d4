import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Layout } from '../host/layout.ts';
import { readManifest, rememberPackages } from '../host/manifest.ts';
import { forgetPending, readPending, settlePending, writePending } from './pending.ts';
import { servicesHere } from './services.ts';

let home: string;
let layout: Layout;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'lyceum-pending-'));
  layout = new Layout({ checkout: '/checkout', cache: join(home, 'cache'), home, separated: false });
  mkdirSync(layout.config);
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

// Every service of this machine: nothing is new to it, so nothing is switched off.
const services = servicesHere();

describe('OP-01 an installation that was killed', () => {
  it('OP-01 is found by the next run, until it is forgotten', () => {
    expect(readPending(layout)).toBeUndefined();
    const pending = { services: ['nginx'], packages: ['coturn', 'runit'], config: layout.config };
    writePending(layout, pending);
    expect(readPending(layout)).toEqual(pending);
    forgetPending(layout);
    expect(readPending(layout)).toBeUndefined();
  });

  it('OP-01 leaves to its appliance the packages that apt had finished, beside those it had', async () => {
    rememberPackages(layout, ['openssl']);
    await settlePending({ services, packages: ['dpkg', 'lyceum-never-was'], config: layout.config });
    expect(readManifest(layout).packages).toEqual(['dpkg', 'openssl']);
  });

  it('OP-01 leaves no packages to an appliance that is gone, nor to one that asked for none', async () => {
    await settlePending({ services, packages: ['dpkg'] });
    expect(readManifest(layout).packages).toEqual([]);
    rmSync(layout.config, { recursive: true });
    await settlePending({ services, packages: ['dpkg'], config: layout.config });
    expect(readManifest(layout).packages).toEqual([]);
  });

  it('OP-01 knows the services that packages bring, by unit and by init script, and no others', () => {
    for (const [folder, name] of [
      ['lib/systemd/system', 'nginx.service'],
      ['etc/init.d', 'postgresql'],
      ['etc/init.d', 'cron'],
    ] as const) {
      mkdirSync(join(home, folder), { recursive: true });
      writeFileSync(join(home, folder, name), '');
    }
    expect(servicesHere(home)).toEqual(['nginx', 'postgresql']);
  });
});
