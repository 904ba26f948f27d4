import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Failure } from '../cli/failure.ts';
import { attempt } from '../host/exec.ts';
import { readIfThere } from '../host/files.ts';
import { Layout } from '../host/layout.ts';
import { inventory } from '../render/ansible.ts';
import { composeFile, composePlacement, dockerfile } from '../render/compose.ts';

/** Files of the repository that the description of the components makes. */
export function renderings(): ReadonlyMap<string, string> {
  return new Map([
    ['compose/compose.yaml', composeFile()],
    ['compose/Dockerfile', dockerfile()],
    ['compose/placement.json', composePlacement()],
    ['ansible/inventory.yml', inventory()],
  ]);
}

/** Tools that read a rendering; a machine without one of them checks what it can. */
const syntax: readonly { readonly what: string; readonly program: string; readonly args: readonly string[] }[] = [
  { what: 'compose', program: 'docker-compose', args: ['-f', 'compose/compose.yaml', 'config', '--quiet'] },
  {
    what: 'ansible',
    program: 'ansible-playbook',
    args: ['--syntax-check', '-i', 'ansible/inventory.yml', 'ansible/site.yml'],
  },
];

/** Writes the renderings, or with `check` says which of them has drifted and whether their syntax is right. */
export async function render(options: { check: boolean }): Promise<void> {
  const { checkout } = Layout.fromEnvironment();
  const drifted: string[] = [];
  for (const [path, content] of renderings()) {
    const file = join(checkout, path);
    if (readIfThere(file)?.toString('utf8') === content) continue;
    drifted.push(path);
    if (options.check) continue;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
    chmodSync(file, 0o644);
    process.stdout.write(`wrote ${path}\n`);
  }
  if (!options.check) return;
  if (drifted.length > 0) {
    throw new Failure(
      'render',
      `${drifted.join(', ')} no longer match the components`,
      './lyceum render   and commit what it wrote',
    );
  }
  for (const { what, program, args } of syntax) {
    const { status, output } = await attempt(program, args, {
      cwd: checkout,
      env: { ...process.env, LC_ALL: 'C.UTF-8' },
    });
    if (status === 127)
      process.stdout.write(`${what}: no drift; ${program} is not installed, so its syntax was not checked\n`);
    else if (status === 0) process.stdout.write(`${what}: no drift, syntax accepted by ${program}\n`);
    else
      throw new Failure(
        'render',
        `${program} does not accept the ${what} rendering:\n${output.trim()}`,
        `${program} ${args.join(' ')}`,
      );
  }
}
