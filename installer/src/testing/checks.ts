import { join } from 'node:path';
import { nodeEnvironment } from '../build/compile.ts';
import { attempt } from '../host/exec.ts';
import type { Layout } from '../host/layout.ts';
import type { Tally } from './vitest-report.ts';

/** Checks that read the sources and run nothing of ours. Each counts as one test. */
const checks: readonly { readonly name: string; readonly script: string }[] = [
  { name: 'format', script: 'format:check' },
  { name: 'types', script: 'types' },
  { name: 'lint', script: 'lint' },
  { name: 'imports', script: 'imports' },
];

export async function runChecks(layout: Layout, say: (line: string) => void): Promise<Tally[]> {
  const tallies: Tally[] = [];
  const npm = join(process.execPath, '../../lib/node_modules/npm/bin/npm-cli.js');
  const all = [
    ...checks.map(({ name, script }) => ({ name, args: [npm, 'run', '--silent', script] })),
    { name: 'rendered files', args: [join(layout.checkout, 'installer/src/main.ts'), 'render', '--check', '--strict'] },
  ];
  for (const { name, args } of all) {
    const started = Date.now();
    const { status, output } = await attempt(process.execPath, args, {
      cwd: layout.checkout,
      env: nodeEnvironment(layout),
    });
    const ok = status === 0;
    if (!ok) say(output.trimEnd().split('\n').slice(-60).join('\n'));
    const seconds = (Date.now() - started) / 1000;
    say(`${ok ? 'ok    ' : 'FAILED'}  ${name} (${seconds.toFixed(0)} s)`);
    tallies.push({ name, passed: Number(ok), failed: Number(!ok), skipped: 0, seconds, failures: ok ? [] : [name] });
  }
  return tallies;
}
