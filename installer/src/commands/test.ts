import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Misuse } from '../cli/failure.ts';
import { ensurePackagesFromNpm, nodeEnvironment } from '../build/compile.ts';
import { ensurePackages } from '../fetch/debian.ts';
import { attempt } from '../host/exec.ts';
import { readIfThere } from '../host/files.ts';
import { Layout } from '../host/layout.ts';
import { basePackages, rehearsalPackages, testPackages } from '../programs/catalog.ts';
import { runChecks } from '../testing/checks.ts';
import { freshRoot } from '../testing/fresh-root.ts';
import { makeThrowaway } from '../testing/throwaway.ts';
import { sum, tally } from '../testing/vitest-report.ts';
import type { Tally } from '../testing/vitest-report.ts';

const parts = ['static', 'unit', 'integration', 'browser'] as const;
type Part = (typeof parts)[number];

export interface TestOptions {
  /** Only this part; all of them when left out. */
  readonly only?: string | undefined;
  /** The first line of the bar: a bare system, a clone, one command. */
  readonly freshRoot: boolean;
  /** Leave the bare system of a failed `--fresh-root` for a look. */
  readonly keep: boolean;
}

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** Runs the tests against an appliance that lives as long as they do. Ends with `N passed, N failed`. */
export async function test(options: TestOptions): Promise<number> {
  const layout = Layout.fromEnvironment();
  if (options.freshRoot) return freshRoot(layout, options.keep, say);
  const only = parts.find((part) => part === options.only);
  if (options.only !== undefined && !only) {
    throw new Misuse(`there is no part called ${options.only}`);
  }
  const wanted = (part: Part): boolean => only === undefined || only === part;
  mkdirSync(layout.cache, { recursive: true, mode: 0o755 });
  await ensurePackages(layout, [...basePackages, ...rehearsalPackages, ...testPackages]);
  await ensurePackagesFromNpm(layout);
  const tallies: Tally[] = [];
  if (wanted('static')) tallies.push(...(await runChecks(layout, say)));
  if (wanted('unit')) tallies.push(await vitest(layout, 'unit', {}));
  if (wanted('integration') || wanted('browser')) {
    const projects = (['integration', 'browser'] as const).filter(wanted);
    tallies.push(...(await againstAppliance(layout, projects)));
  }
  return summarise(tallies);
}

/** One appliance for everything that needs one, removed whatever happens. */
async function againstAppliance(layout: Layout, projects: readonly ('integration' | 'browser')[]): Promise<Tally[]> {
  const appliance = makeThrowaway(layout);
  const stop = (): void => void appliance.remove().then(() => process.exit(130));
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  try {
    if (!(await appliance.start())) {
      return projects.map((name) => ({
        name,
        passed: 0,
        failed: 1,
        skipped: 0,
        seconds: 0,
        failures: [`${name}: the appliance did not come up`],
      }));
    }
    const tallies: Tally[] = [];
    for (const name of projects) tallies.push(await vitest(layout, name, { LYCEUM_HOME: appliance.home }));
    return tallies;
  } finally {
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
    await appliance.remove();
  }
}

async function vitest(layout: Layout, project: string, extra: NodeJS.ProcessEnv): Promise<Tally> {
  const started = Date.now();
  const folder = mkdtempSync(join(tmpdir(), 'lyceum-report-'));
  const report = join(folder, 'report.json');
  const program = join(layout.checkout, 'node_modules/vitest/vitest.mjs');
  const args = [
    program,
    'run',
    '--project',
    project,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ];
  say(`\n${project} …`);
  try {
    const { status } = await attempt(process.execPath, args, {
      cwd: layout.checkout,
      env: { ...nodeEnvironment(layout), ...extra },
      show: true,
    });
    return tally(project, readIfThere(report)?.toString('utf8'), status, (Date.now() - started) / 1000);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function summarise(tallies: readonly Tally[]): number {
  say('');
  for (const part of tallies) {
    const skipped = part.skipped > 0 ? `, ${part.skipped} skipped` : '';
    say(
      `${part.name.padEnd(16)} ${part.passed} passed, ${part.failed} failed${skipped} (${part.seconds.toFixed(0)} s)`,
    );
    for (const failure of part.failures) say(`  failed: ${failure}`);
  }
  const { passed, failed } = sum(tallies);
  say(`\n${passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}
