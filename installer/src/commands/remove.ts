import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { Reporter } from '../cli/output.ts';
import { components } from '../components/index.ts';
import { finishInstallation } from '../fetch/debian.ts';
import { forgetPending } from '../fetch/pending.ts';
import { attempt, run } from '../host/exec.ts';
import { Layout } from '../host/layout.ts';
import { lock } from '../host/machine.ts';
import { readManifest } from '../host/manifest.ts';
import { removeUsers } from '../host/users.ts';
import { confirm } from './reset.ts';
import { stopAll } from './down.ts';

/**
 * Undoes `up`. Data, secrets and settings stay, so that a later `up` finds everything again; `purge` takes them too,
 * and the Debian packages that came with this appliance.
 */
export async function remove(options: { purge: boolean; yes: boolean }): Promise<number> {
  const layout = Layout.fromEnvironment();
  const report = new Reporter();
  if (!layout.roots.some((root) => existsSync(root))) {
    report.line('Nothing is installed here.');
    return 0;
  }
  const question = options.purge
    ? `This deletes everything of the appliance, with all data and the keys to every backup of it.`
    : `This stops the appliance and deletes its programs. Data, secrets and settings stay.`;
  if (!(await confirm(question, options.yes, options.purge ? 'remove --purge' : 'remove'))) return 1;
  const unlock = existsSync(layout.state) ? lock(layout) : () => undefined;
  try {
    if (existsSync(layout.services)) await stopAll(layout, report);
    await report.step('Start at boot', async () => ({ changed: await removeUnit(layout) }));
    // Packages that a killed run installed and did not write down yet.
    await finishInstallation(layout);
    forgetPending(layout);
    const { packages } = readManifest(layout);
    await report.step('Directories', async () => ({ changed: removeDirectories(layout, options.purge) }));
    await report.step('Users', async () => ({ changed: await removeUsers(layout, components) }));
    if (options.purge) {
      await report.step('Debian packages', async () => ({ changed: await removePackages(layout, packages) }));
    }
  } finally {
    unlock();
  }
  if (options.purge && layout.home && existsSync(layout.home) && readdirSync(layout.home).length === 0)
    rmSync(layout.home, { recursive: true });
  report.line(
    `\nRemoved. What was downloaded and built stays in ${layout.cache}; rm -r it when no other copy needs it.`,
  );
  return 0;
}

async function removeUnit(layout: Layout): Promise<number> {
  const unit = '/etc/systemd/system/lyceum.service';
  if (layout.home !== undefined || !existsSync(unit)) return 0;
  await attempt('systemctl', ['disable', '--quiet', 'lyceum.service']);
  rmSync(unit);
  await attempt('systemctl', ['daemon-reload']);
  return 1;
}

function removeDirectories(layout: Layout, purge: boolean): number {
  const gone = purge ? layout.roots : [layout.programs, layout.logs, layout.run, layout.services];
  let changed = 0;
  for (const folder of gone) {
    if (!existsSync(folder)) continue;
    rmSync(folder, { recursive: true });
    changed += 1;
  }
  return changed;
}

/** Packages go only when no other appliance of this machine still has users, and never because something else needs them. */
async function removePackages(layout: Layout, packages: readonly string[]): Promise<number> {
  const others = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .some((line) => /^(ly-[0-9a-f]{6}|lyceum)-api:/.test(line));
  if (others || packages.length === 0 || !layout.separated) return 0;
  // Marked as nobody's wish, they leave unless something that stays depends on them.
  await run('apt-mark', ['auto', ...packages]);
  await run('apt-get', ['-q', '-y', 'autoremove', '--purge'], {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  return packages.length;
}
