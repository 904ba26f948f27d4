import { migrate } from '@lyceum/platform/database';
import type { CommandDefinition } from '../command.js';
import { printResult } from '../output.js';

/** Brings the schema to this release. Prints `{"applied":[…]}`. */
export const migrateSchema: CommandDefinition = {
  name: 'migrate',
  usage: 'migrate',
  options: [],
  async run(_options, { config, log }) {
    printResult({ applied: await migrate(config.database, log) });
    return 0;
  },
};
