import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readAppliance } from './appliance.js';
import { firstClass } from './lessons/first-class.js';

const usage = `Usage: rehearse first-class --state DIR [--tenant SLUG] [--json] [--patience N]`;

/** Runs one rehearsal against a running appliance; its report is one JSON object on the last line. */
async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      state: { type: 'string' },
      tenant: { type: 'string', default: 'northfield' },
      patience: { type: 'string', default: '1' },
      wrapper: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  const [name] = positionals;
  if (name !== 'first-class' || !values.state) {
    console.error(usage);
    return 2;
  }
  const report = await firstClass({
    appliance: readAppliance(values.state),
    captureDir: join(tmpdir(), `lyceum-capture-${process.getuid?.() ?? 0}`),
    tenant: values.tenant,
    warmJoins: 10,
    coldJoins: 5,
    patience: Number(values.patience),
    ...(values.wrapper ? { wrapper: values.wrapper } : {}),
    say: (line) => values.json || console.error(line),
  });
  if (values.json) console.log(JSON.stringify(report));
  else console.log(JSON.stringify(report, null, 2));
  return report.ok ? 0 : 1;
}

process.exitCode = await main().catch((error: unknown) => {
  if (!(error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS'))) throw error;
  console.error(`${error.message}\n${usage}`);
  return 2;
});
