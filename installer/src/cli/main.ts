import { CommandFailed } from '../host/exec.ts';
import { diskFull } from '../fetch/trouble.ts';
import { Failure, Misuse, codeOf, messageOf } from './failure.ts';
import { commands, describe } from './commands.ts';
import { printFailure } from './output.ts';

/** Runs one command and returns the status to exit with: 0 done, 1 it failed, 2 it was not understood. */
export async function main(argv: readonly string[]): Promise<number> {
  const [first = 'help', ...args] = argv;
  const name = asksForHelp([first]) ? 'help' : first;
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) {
    process.stderr.write(`lyceum: there is no command "${name}".\n        Type: ./lyceum help\n`);
    return 2;
  }
  if (asksForHelp(args)) {
    process.stdout.write(describe(command));
    return 0;
  }
  try {
    return (await command.run([...args])) ?? 0;
  } catch (error) {
    if (error instanceof Misuse || codeOf(error)?.startsWith('ERR_PARSE_ARGS')) {
      process.stderr.write(`lyceum: ${messageOf(error)}\n        Type: ./lyceum ${command.usage}\n`);
      return 2;
    }
    printFailure(asFailure(name, error));
    return 1;
  }
}

const asksForHelp = (words: readonly string[]): boolean => words.some((word) => word === '--help' || word === '-h');

/** Whatever reaches this far still ends in a sentence; the stack is for whoever asks with LYCEUM_DEBUG. */
function asFailure(command: string, error: unknown): Failure {
  if (process.env['LYCEUM_DEBUG'] && error instanceof Error) process.stderr.write(`${error.stack}\n`);
  if (error instanceof Failure) return error;
  const said = error instanceof CommandFailed ? error.output : messageOf(error);
  if (codeOf(error) === 'ENOSPC' || /no space left on device/i.test(said)) return diskFull(command, error);
  if (codeOf(error) === 'EACCES' || codeOf(error) === 'EPERM') {
    return new Failure(command, messageOf(error), `sudo ./lyceum ${command}`, error);
  }
  return new Failure(command, messageOf(error), `LYCEUM_DEBUG=1 ./lyceum ${command}   to see where it happened`, error);
}
