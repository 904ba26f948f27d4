import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { codeOf } from '../cli/failure.ts';
import { commandVariable } from './orphans.ts';

export interface RunOptions {
  /** System user to run as; needs root. */
  readonly user?: string | undefined;
  readonly cwd?: string;
  /** The whole environment of the child; this process's when left out. */
  readonly env?: NodeJS.ProcessEnv;
  /** Written to its standard input: the way for secrets, which never go on a command line. */
  readonly input?: string;
  /** Everything it prints goes to this file too. */
  readonly log?: string;
  /** Show its output as it comes. */
  readonly show?: boolean;
}

/** A command that ended badly, with what it said. */
export class CommandFailed extends Error {
  override name = 'CommandFailed';
  readonly command: string;
  readonly output: string;
  readonly status: number | null;

  constructor(command: string, output: string, status: number | null) {
    const tail = output.trim().split('\n').slice(-12).join('\n');
    super(`${command} ended with ${status === null ? 'a signal' : `status ${status}`}${tail ? `:\n${tail}` : ''}`);
    this.command = command;
    this.output = output;
    this.status = status;
  }
}

/** Even a clean environment says whose work it is. */
function marked(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const command = process.env[commandVariable];
  return command === undefined ? env : { ...env, [commandVariable]: command };
}

/** Runs a program to its end and returns what it wrote to standard output. @throws CommandFailed */
export async function run(program: string, args: readonly string[], options: RunOptions = {}): Promise<string> {
  const result = await attempt(program, args, options);
  if (result.status !== 0) throw new CommandFailed(program, result.output, result.status);
  return result.stdout;
}

export interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly output: string;
}

/** Like `run`, but leaves the judgement to the caller. */
export function attempt(program: string, args: readonly string[], options: RunOptions = {}): Promise<Outcome> {
  const [command, commandArgs] = options.user
    ? ['chpst', ['-u', `${options.user}:${options.user}`, program, ...args]]
    : [program, [...args]];
  return new Promise((resolve, reject) => {
    const child = spawn(command, commandArgs, {
      cwd: options.cwd ?? '/',
      env: marked(options.env ?? process.env),
      stdio: [options.input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    });
    if (options.log) mkdirSync(dirname(options.log), { recursive: true });
    const log = options.log ? createWriteStream(options.log, { flags: 'a' }) : undefined;
    log?.on('error', () => undefined);
    let stdout = '';
    let output = '';
    const take = (chunk: Buffer, isStdout: boolean): void => {
      const piece = chunk.toString('utf8');
      if (isStdout) stdout += piece;
      // The end of the output tells why it failed; the whole of a compiler's is in the log.
      output = (output + piece).slice(-64_000);
      log?.write(chunk);
      if (options.show) (isStdout ? process.stdout : process.stderr).write(chunk);
    };
    child.stdout?.on('data', (chunk: Buffer) => take(chunk, true));
    child.stderr?.on('data', (chunk: Buffer) => take(chunk, false));
    child.on('error', (error) => {
      log?.end();
      if (codeOf(error) === 'ENOENT') resolve({ status: 127, stdout, output: `${command} is not installed` });
      else reject(error);
    });
    child.on('close', (status) => {
      log?.end();
      resolve({ status, stdout, output });
    });
    if (options.input !== undefined) {
      child.stdin?.on('error', () => undefined);
      child.stdin?.end(options.input);
    }
  });
}
