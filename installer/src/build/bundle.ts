import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { rolldown } from 'rolldown';

/**
 * A program of its own, since what it needs is installed by the program that runs it.
 *
 *     node bundle.ts RELEASE
 *
 * Makes one file of every server of a release and everything it imports: a process that was killed is back in half the time
 * and less, since a thousand modules need not be found and read one by one (docs/decisions/0106). No source maps: Node reads
 * all of them at every start, and a comment before each module says where its lines are from.
 */

/** Threads have files of their own, beside the process's. */
const entries = ['main.js', 'backstage.js'];

/** Stay packages: they look for files beside their own, or for packages that need not be there. */
const external = [
  /^bull$/,
  /^keycloak-connect$/,
  /^@nestjs\/(microservices|platform-fastify)(\/|$)/,
  /^class-(transformer|validator)(\/|$)/,
];

async function bundle(app: string): Promise<void> {
  const compiled = join(app, 'dist');
  const bundled = join(app, 'bundled');
  rmSync(bundled, { recursive: true, force: true });
  for (const entry of entries.filter((name) => existsSync(join(compiled, name)))) {
    const build = await rolldown({
      input: join(compiled, entry),
      platform: 'node',
      external,
      // Packages that are used only where they are there are looked for when the program runs.
      logLevel: 'silent',
    });
    await build.write({ file: join(bundled, entry), codeSplitting: false, keepNames: true });
    await build.close();
  }
  rmSync(compiled, { recursive: true });
  renameSync(bundled, compiled);
}

const [release] = process.argv.slice(2);
if (!release) throw new Error('which release?');
for (const name of readdirSync(join(release, 'apps'))) {
  const app = join(release, 'apps', name);
  if (existsSync(join(app, 'dist/main.js'))) await bundle(app);
}
