import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../host/exec.ts';
import type { Layout } from '../host/layout.ts';
import { programs } from '../programs/catalog.ts';
import { cached, treeDigest } from './cache.ts';
import { installLog, installWheel } from './programs.ts';
import { explain } from './trouble.ts';

/** The robots' program, compiled from this checkout on first need; its modules have the checksums of `go.sum`. */
export async function fetchAudience(layout: Layout): Promise<string> {
  const source = join(layout.checkout, 'apps/audience');
  const log = installLog(layout, 'audience');
  const key = `audience-${treeDigest(source, (path) => path.endsWith('_test.go'))}`;
  try {
    const { folder } = await cached(layout, key, async (partial) => {
      const toolchain = await installWheel(layout, programs.versitygw.from.toolchain, log);
      const work = join(partial, 'work');
      await run(join(toolchain, 'bin/go'), ['build', '-trimpath', '-ldflags=-s -w', '-o', partial, '.'], {
        log,
        cwd: source,
        env: {
          ...process.env,
          GOPATH: join(work, 'path'),
          GOCACHE: join(work, 'cache'),
          GOTOOLCHAIN: 'local',
          GOFLAGS: '-modcacherw -mod=readonly',
          CGO_ENABLED: '0',
        },
      });
      rmSync(work, { recursive: true, force: true });
    });
    return join(folder, 'audience');
  } catch (error) {
    throw explain('audience', 'the Go module proxy or PyPI', error, log);
  }
}
