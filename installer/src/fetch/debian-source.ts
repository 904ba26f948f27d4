import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { attempt, run } from '../host/exec.ts';

/** A line for each of Debian's own archives that this machine's packages come from, asking for its sources. */
async function sourceLines(): Promise<string[]> {
  const format = '$(ORIGIN)|$(REPO_URI)|$(RELEASE)|$(COMPONENT)|$(SIGNED_BY)';
  const listed = await run('apt-get', ['indextargets', '--format', format, 'Created-By: Packages']);
  const lines = listed.split('\n').flatMap((target) => {
    const [origin, uri, suite, component, signedBy] = target.split('|');
    if (origin !== 'Debian') return [];
    const key = signedBy?.startsWith('/') ? `[signed-by=${signedBy}] ` : '';
    return [`deb-src ${key}${uri} ${suite} ${component}`];
  });
  return [...new Set(lines)];
}

/**
 * Fetches a source package by apt, which checks its signatures, and unpacks it with Debian's patches. The machine's own
 * list of archives stays as it is. Needs dpkg-dev.
 * @param folder scratch space, removed again
 * @param into made, with the source in it
 * @returns false when the archives have no sources, as some mirrors; the log says why
 */
export async function fetchDebianSource(name: string, folder: string, into: string, log: string): Promise<boolean> {
  const lists = join(folder, 'sources.list');
  mkdirSync(join(folder, 'lists/partial'), { recursive: true });
  mkdirSync(join(folder, 'cache/archives/partial'), { recursive: true });
  mkdirSync(join(folder, 'unpacked'));
  writeFileSync(lists, `${(await sourceLines()).join('\n')}\n`);
  const apt = [
    ...['-q', '-o', `Dir::Etc::sourcelist=${lists}`, '-o', 'Dir::Etc::sourceparts=-'],
    ...['-o', `Dir::State::lists=${join(folder, 'lists')}`, '-o', `Dir::Cache=${join(folder, 'cache')}`],
    // What it writes lies in folders of ours, where apt's own user may not.
    ...['-o', 'APT::Sandbox::User=', '-o', 'Acquire::Retries=2', '-o', 'APT::Update::Error-Mode=any'],
  ];
  const options = { log, cwd: join(folder, 'unpacked'), env: { ...process.env, LC_ALL: 'C.UTF-8' } };
  const updated = await attempt('apt-get', [...apt, 'update'], options);
  const fetched = updated.status === 0 && (await attempt('apt-get', [...apt, 'source', name], options)).status === 0;
  const [source] = readdirSync(join(folder, 'unpacked'), { withFileTypes: true }).filter((entry) =>
    entry.isDirectory(),
  );
  if (fetched && source) renameSync(join(folder, 'unpacked', source.name), into);
  rmSync(folder, { recursive: true });
  return fetched && source !== undefined;
}
