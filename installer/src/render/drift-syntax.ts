import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../cli/failure.ts';
import { attempt } from '../host/exec.ts';

interface Check {
  readonly what: string;
  readonly program: string;
  readonly args: readonly string[];
  /** Words the output must hold besides a status of 0. */
  readonly expect?: readonly string[];
}

// Reads every file as YAML and says where it is none. Comes with the npm packages.
const prettier = 'node_modules/prettier/bin/prettier.cjs';
const compose = ['-f', 'compose/compose.yaml', '--env-file', 'compose/.env.example', '--project-directory', 'compose'];
const inventory = ['-i', 'ansible/inventory.yml'];

/** YAML files of the renderings and of the roles written by hand around them, below the checkout. */
export function yamlFiles(checkout: string): string[] {
  return ['ansible', 'compose'].flatMap((folder) =>
    readdirSync(join(checkout, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.ya?ml$/.test(name))
      .sort()
      .map((name) => join(folder, name)),
  );
}

function checks(checkout: string): Check[] {
  return [
    { what: 'YAML', program: process.execPath, args: [prettier, '--check', ...yamlFiles(checkout)] },
    { what: 'Compose file', program: 'docker-compose', args: [...compose, 'config', '--quiet'] },
    { what: 'playbook', program: 'ansible-playbook', args: [...inventory, '--syntax-check', 'ansible/site.yml'] },
    {
      what: 'inventory',
      program: 'ansible-inventory',
      args: [...inventory, '--list'],
      expect: ['lyceum_components', 'lyceum_described'],
    },
  ];
}

/** A tool that isn't there is no fault of the rendering: it is named, and the others still judge. */
const isMissing = (status: number | null, output: string): boolean =>
  status === 127 || (status !== 0 && output.includes('Cannot find module'));

/**
 * Lets the tools that will read the renderings check their syntax. Says what each of them said, and which were not
 * there. @throws Failure when one of them refuses a file, or with `strict` isn't there.
 */
export async function checkSyntax(checkout: string, strict: boolean, say: (line: string) => void): Promise<void> {
  for (const { what, program, args, expect = [] } of checks(checkout)) {
    const { status, stdout, output } = await attempt(program, args, {
      cwd: checkout,
      env: { ...process.env, LC_ALL: 'C.UTF-8' },
    });
    const tool = program === process.execPath ? 'prettier' : program;
    if (isMissing(status, output)) {
      if (strict)
        throw new Failure('render', `the ${what} can't be checked: ${tool} is not installed`, './lyceum test');
      say(`${what}: not checked, ${tool} is not installed`);
      continue;
    }
    const absent = expect.filter((word) => !stdout.includes(word));
    if (status !== 0 || absent.length > 0) {
      const said = absent.length > 0 ? `knows no ${absent.join(', ')}` : output.trim();
      throw new Failure('render', `${tool} does not accept the ${what}:\n${said}`, `${program} ${args.join(' ')}`);
    }
    say(`${what}: accepted by ${tool}`);
  }
}
