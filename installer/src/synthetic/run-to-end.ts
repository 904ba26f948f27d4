import { spawn } from 'node:child_process';

export interface Ending {
  /** Who ended it: the program itself, its time limit, or whoever asked to stop. */
  readonly by: 'itself' | 'limit' | 'stop';
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** How long a program that was asked to end may take to close its browsers. */
const graceMs = 20_000;

/** Runs a program to its end, which comes at the latest after `limitMs` or when `stop` says so: first asked for, then taken. */
export function runToEnd(
  program: string,
  args: readonly string[],
  options: { cwd: string; env: NodeJS.ProcessEnv; limitMs: number; stop: AbortSignal },
): Promise<Ending> {
  const { cwd, env, limitMs, stop } = options;
  return new Promise((resolve, reject) => {
    const child = spawn(program, [...args], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    const [out, err]: [Buffer[], Buffer[]] = [[], []];
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
    let by: Ending['by'] = 'itself';
    let taking: NodeJS.Timeout | undefined;
    const end = (who: Ending['by']): void => {
      if (by !== 'itself') return;
      by = who;
      child.kill('SIGTERM');
      taking = setTimeout(() => child.kill('SIGKILL'), graceMs);
    };
    const onStop = (): void => end('stop');
    const limit = setTimeout(() => end('limit'), limitMs);
    const settle = (): void => {
      clearTimeout(limit);
      clearTimeout(taking);
      stop.removeEventListener('abort', onStop);
    };
    if (stop.aborted) onStop();
    else stop.addEventListener('abort', onStop, { once: true });
    child.once('error', (error) => {
      settle();
      reject(error);
    });
    child.once('close', (status) => {
      settle();
      const [stdout, stderr] = [out, err].map((chunks) => Buffer.concat(chunks).toString('utf8'));
      resolve({ by, status, stdout: stdout ?? '', stderr: stderr ?? '' });
    });
  });
}
