import { join } from 'node:path';
import { Failure } from '../cli/failure.ts';
import { explain } from '../fetch/trouble.ts';
import { installLog } from '../fetch/programs.ts';
import { digest, fileDigest } from '../fetch/cache.ts';
import { run } from '../host/exec.ts';
import { ensureFile, exists, readIfThere } from '../host/files.ts';
import type { Layout } from '../host/layout.ts';

const npmProgram = (): string => join(process.execPath, '../../lib/node_modules/npm/bin/npm-cli.js');

/** Environment in which `node` and `npm` are the ones that came with this command. */
export function nodeEnvironment(layout: Layout): NodeJS.ProcessEnv {
  return {
    ...process.env,
    PATH: `${join(process.execPath, '..')}:${process.env['PATH'] ?? '/usr/bin:/bin'}`,
    npm_config_cache: join(layout.cache, 'npm'),
    npm_config_update_notifier: 'false',
    CI: 'true',
  };
}

/** The npm packages of the lock file, without running anybody's install script. */
export async function ensurePackagesFromNpm(layout: Layout): Promise<number> {
  const log = installLog(layout, 'npm');
  const mark = join(layout.checkout, 'node_modules', '.lyceum');
  const wanted = digest([fileDigest(join(layout.checkout, 'package-lock.json')), process.version]);
  if (readIfThere(mark)?.toString('utf8') === wanted) return 0;
  try {
    await run(
      process.execPath,
      [npmProgram(), 'ci', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline'],
      {
        cwd: layout.checkout,
        env: nodeEnvironment(layout),
        log,
      },
    );
  } catch (error) {
    throw explain('npm packages', 'the npm registry', error, log);
  }
  ensureFile(mark, wanted, { mode: 0o644, uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 });
  return 1;
}

/** Compiles everything of ours: libraries and processes with tsc, the portal with its bundler. */
export async function compile(layout: Layout): Promise<void> {
  const log = installLog(layout, 'build');
  // Whatever is set where `up` is typed: a development build is twice as large.
  const env = { ...nodeEnvironment(layout), NODE_ENV: 'production' };
  const options = { cwd: layout.checkout, env, log };
  try {
    await run(process.execPath, [join(layout.checkout, 'node_modules/typescript/bin/tsc'), '-b'], options);
    await run(process.execPath, [npmProgram(), 'run', 'build', '--silent', '-w', '@lyceum/portal'], options);
  } catch (error) {
    throw explain('build', 'this checkout', error, log);
  }
  if (!exists(join(layout.checkout, 'apps/portal/dist/index.html'))) {
    throw new Failure('portal', 'the build made no index.html', `less ${log}   and then ./lyceum up`);
  }
}

/** Makes one file of every server of a release. */
export async function bundle(layout: Layout, release: string): Promise<void> {
  const log = installLog(layout, 'build');
  const program = join(layout.checkout, 'installer/src/build/bundle.ts');
  try {
    await run(process.execPath, [program, release], { cwd: layout.checkout, env: nodeEnvironment(layout), log });
  } catch (error) {
    throw explain('build', 'this checkout', error, log);
  }
}
