import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { Failure } from '../cli/failure.ts';
import { Reporter } from '../cli/output.ts';
import { components } from '../components/index.ts';
import { Layout } from '../host/layout.ts';
import { lock } from '../host/machine.ts';
import { peopleFile } from '../seed/seed.ts';
import { stopAll } from './down.ts';

/** Asks before something that can't be undone. @throws Failure when nobody is there to answer. */
export async function confirm(question: string, yes: boolean, command: string): Promise<boolean> {
  if (yes) return true;
  if (!process.stdin.isTTY) {
    throw new Failure(command, 'this can not be undone and nobody is there to be asked', `./lyceum ${command} --yes`);
  }
  const prompt = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return (await prompt.question(`${question} Type yes to go on: `)).trim() === 'yes';
  } finally {
    prompt.close();
  }
}

/** Forgets all data (people, rooms, recordings). Programs, secrets and the authority stay; `up` seeds anew. */
export async function reset(options: { yes: boolean }): Promise<number> {
  const layout = Layout.fromEnvironment();
  const report = new Reporter();
  if (!existsSync(layout.state)) {
    report.line('Nothing is installed here.');
    return 0;
  }
  const question = `This deletes every institution, person, class and recording below ${layout.state}.`;
  if (!(await confirm(question, options.yes, 'reset'))) return 1;
  const unlock = lock(layout);
  try {
    await stopAll(layout, report);
    await report.step('Data', async () => {
      let changed = 0;
      for (const component of components.filter(({ data }) => data)) {
        if (!existsSync(layout.dataDir(component.name))) continue;
        rmSync(layout.dataDir(component.name), { recursive: true });
        changed += 1;
      }
      rmSync(peopleFile(layout), { force: true });
      rmSync(join(layout.state, 'marks'), { recursive: true, force: true });
      return { changed };
    });
  } finally {
    unlock();
  }
  report.line('\nEverything is forgotten.\n        Type: ./lyceum up   to begin anew');
  return 0;
}
