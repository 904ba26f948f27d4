import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../cli/failure.ts';
import { services } from '../components/index.ts';
import { Layout } from '../host/layout.ts';
import { synthetic } from '../synthetic/service.ts';

/** Shows the end of a component's log, and what comes with `follow`. */
export async function logs(name: string | undefined, options: { lines: string; follow: boolean }): Promise<number> {
  const known = [...services, synthetic];
  const component = known.find((candidate) => candidate.name === name);
  if (!component) {
    const names = known.map((service) => service.name).join(' ');
    throw new Failure(
      'logs',
      name ? `${name} is not a component` : 'of which component?',
      `./lyceum logs NAME   where NAME is one of: ${names}`,
    );
  }
  const file = join(Layout.fromEnvironment().logDir(component.name), 'current');
  if (!existsSync(file)) throw new Failure(component.name, 'has written nothing yet', './lyceum up');
  const child = spawn('tail', ['-n', options.lines, ...(options.follow ? ['-F'] : []), file], { stdio: 'inherit' });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status) => resolve(status ?? 0));
  });
}
