import { existsSync } from 'node:fs';
import { nodeEnvironment } from '../build/compile.ts';
import { rehearsalProgram } from '../build/rehearsal.ts';
import type { Layout } from '../host/layout.ts';
import type { JoinRow } from './history.ts';
import { runToEnd } from './run-to-end.ts';
import type { Ending } from './run-to-end.ts';
import type { Network, SyntheticSettings } from './settings.ts';

/** Longer than a rehearsal takes on two cores. */
const limitMs = 10 * 60_000;

/** What robots rehearse in each network: few joins, often. */
const rehearsals: Readonly<Record<Network, readonly string[]>> = {
  local: ['join', '--repetitions', '2'],
  tcp: ['join', '--repetitions', '2', '--network', 'tcp'],
  tls: ['join', '--repetitions', '2', '--network', 'tls'],
};

/** Lets robots come once. Undefined when they were sent home before they were through, which is nobody's failure. */
export async function visit(
  layout: Layout,
  settings: SyntheticSettings,
  network: Network,
  stop: AbortSignal,
): Promise<JoinRow | undefined> {
  const began = Date.now();
  const { tenant, patience } = settings;
  const row = (result: Pick<JoinRow, 'outcome' | 'why' | 'metrics'>): JoinRow => ({
    at: new Date(began).toISOString(),
    seconds: Math.round((Date.now() - began) / 1000),
    network,
    tenant,
    ...result,
  });
  const program = rehearsalProgram(layout);
  if (!existsSync(program)) {
    return row({ outcome: 'failed', why: [`${program} is missing; ./lyceum up builds it`], metrics: {} });
  }
  const what = [...rehearsals[network], '--tenant', tenant, '--patience', String(patience)];
  const ending = await runToEnd(process.execPath, [program, ...what, '--json', '--state', layout.state], {
    cwd: layout.checkout,
    env: nodeEnvironment(layout),
    limitMs,
    stop,
  });
  return ending.by === 'stop' ? undefined : row(judge(ending));
}

/** Reads the report that a rehearsal printed on its last line; when it printed none, what it said instead. */
export function judge({ by, status, stdout, stderr }: Ending): Pick<JoinRow, 'outcome' | 'why' | 'metrics'> {
  const report = parseReport(stdout.trimEnd().split('\n').at(-1) ?? '');
  if (report) return { outcome: report.ok ? 'ok' : 'failed', why: report.failed, metrics: report.metrics };
  const lines = stderr.split('\n').map((line) => line.trim());
  const said = lines.find((line) => /^\w*Error: /.test(line)) ?? lines.findLast((line) => line !== '');
  const ended = by === 'limit' ? `gave no report within ${limitMs / 60_000} minutes` : `ended with status ${status}`;
  return { outcome: 'failed', why: [said === undefined ? ended : `${ended}: ${said}`], metrics: {} };
}

interface Report {
  readonly ok: boolean;
  readonly failed: readonly string[];
  readonly metrics: Readonly<Record<string, number>>;
}

function parseReport(line: string): Report | undefined {
  try {
    const { ok, failed, metrics } = (JSON.parse(line) ?? {}) as Partial<Report>;
    return ok !== undefined && failed && metrics ? { ok, failed, metrics } : undefined;
  } catch {
    return undefined;
  }
}
