import { parseArgs } from 'node:util';
import type { OperatorConfig } from '@lyceum/platform/config';
import type { Logger } from '@lyceum/platform/telemetry';

export interface Surroundings {
  config: OperatorConfig;
  log: Logger;
}

export interface CommandDefinition {
  /** Words of the command, e.g. `tenant create`. */
  name: string;
  /** How it is called, for the usage. */
  usage: string;
  /** Names of its `--options`, each with a value. */
  options: readonly string[];
  /** @returns the exit status. */
  run(options: Options, surroundings: Surroundings): Promise<number>;
}

/** Values of the options that were given. */
export class Options {
  constructor(private readonly values: ReadonlyMap<string, string>) {}

  find(name: string): string | undefined {
    return this.values.get(name);
  }

  /** @throws Error that says which option is missing. */
  need(name: string): string {
    const value = this.values.get(name);
    if (value === undefined) throw new Error(`--${name} is missing`);
    return value;
  }
}

/** Finds and runs the command that `words` name. @throws Error with the usage when there is none. */
export async function runCommand(
  commands: readonly CommandDefinition[],
  words: readonly string[],
  surroundings: Surroundings,
): Promise<number> {
  const command = commands.find(({ name }) => `${words.join(' ')} `.startsWith(`${name} `));
  if (!command) throw new Error(usage(commands));
  const args = words.slice(command.name.split(' ').length);
  return command.run(readOptions(command, args), surroundings);
}

function readOptions(command: CommandDefinition, args: string[]): Options {
  const options = Object.fromEntries(command.options.map((name) => [name, { type: 'string' as const }]));
  try {
    const { values } = parseArgs({ args, options, strict: true, allowPositionals: false });
    const given = Object.entries(values).flatMap(([name, value]) =>
      typeof value === 'string' ? [[name, value] as const] : [],
    );
    return new Options(new Map(given));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`${reason}\nusage: ${command.usage}`, { cause });
  }
}

const usage = (commands: readonly CommandDefinition[]) =>
  ['usage:', ...commands.map((command) => `  ${command.usage}`)].join('\n');
