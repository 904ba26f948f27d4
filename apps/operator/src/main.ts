import 'reflect-metadata';
import { loadConfig, operatorConfig } from '@lyceum/platform/config';
import { createLogger, processLogger } from '@lyceum/platform/telemetry';
import { runCommand } from './command.js';
import { commands } from './commands/index.js';
import { explain } from './explain.js';

try {
  const config = loadConfig(operatorConfig);
  // stdout is the command's result; what happened on the way goes to stderr.
  const log = createLogger(config.log, 'operator', config.instance, 'stderr');
  process.exitCode = await runCommand(commands, process.argv.slice(2), { config, log });
} catch (error) {
  // The person who typed the command needs the sentence; where in the code it was said is for `"level": "debug"`.
  processLogger().debug({ err: error }, 'the command failed');
  process.stderr.write(`${explain(error)}\n`);
  process.exitCode = 1;
}
