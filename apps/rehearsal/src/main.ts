import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readAppliance } from './appliance.js';
import { FPS } from './fixtures/pattern.js';
import { rehearsals } from './rehearsals.js';
import { UsageError, wholeNumber } from './usage.js';

function usage(): string {
  const lines = Object.values(rehearsals).flatMap(({ usage, about }) => [`  ${usage}`, `      ${about}`]);
  return [
    'Usage: ./lyceum rehearse NAME [--tenant SLUG] [--patience N] [--fps N] [--json]',
    ...lines,
    'Options of all:',
    '  --json        nothing but the report, as one line',
    '  --tenant      the institution whose demo people play (northfield)',
    '  --patience    how much longer than the bounds things may take, for slow machines (1)',
    '  --fps         pictures a second of every camera (20): fewer leave a small machine room for more people',
  ].join('\n');
}

function commandLine(args: readonly string[]) {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        state: { type: 'string' },
        tenant: { type: 'string', default: 'northfield' },
        patience: { type: 'string', default: '1' },
        fps: { type: 'string' },
        network: { type: 'string' },
        repetitions: { type: 'string' },
        seconds: { type: 'string' },
        away: { type: 'string' },
        people: { type: 'string' },
        json: { type: 'boolean', default: false },
      },
    });
    return { values, positionals };
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function divisorOfFps(given: string): number {
  const fps = wholeNumber('--fps', given, FPS);
  if (FPS % fps) throw new UsageError(`--fps takes a divisor of ${FPS}, not '${given}'.`);
  return fps;
}

/** Runs one rehearsal against a running appliance; its report is one JSON object on the last line. */
async function main(): Promise<number> {
  const { values, positionals } = commandLine(process.argv.slice(2));
  const [name = '', subject, ...rest] = positionals;
  const rehearsal = Object.hasOwn(rehearsals, name) ? rehearsals[name] : undefined;
  if (!rehearsal) throw new UsageError(name ? `There is no rehearsal '${name}'.` : 'Which rehearsal?');
  if (rest.length) throw new UsageError(`'${rest.join(' ')}' is too much.`);
  const patience = Number(values.patience);
  if (!(patience > 0)) throw new UsageError(`--patience takes a number above 0, not '${values.patience}'.`);
  const { network, repetitions, seconds, away, people } = values;
  const run = rehearsal.prepare({ subject, network, repetitions, seconds, away, people });
  const cameras = values.fps === undefined ? {} : { cameraFps: divisorOfFps(values.fps) };
  if (!values.state) throw new UsageError('--state names the folder in which the appliance keeps its state.');

  const report = await run({
    appliance: readAppliance(values.state),
    captureDir: join(tmpdir(), `lyceum-capture-${process.getuid?.() ?? 0}`),
    tenant: values.tenant,
    patience,
    ...cameras,
    say: (line) => values.json || console.error(line),
  });
  process.stdout.write(`${JSON.stringify(report, null, values.json ? undefined : 2)}\n`);
  return report.ok ? 0 : 1;
}

process.exitCode = await main().catch((error: unknown) => {
  if (!(error instanceof UsageError)) throw error;
  console.error(`${error.message}\n\n${usage()}`);
  return 2;
});
