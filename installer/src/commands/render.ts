import { Failure } from '../cli/failure.ts';
import { Layout } from '../host/layout.ts';
import { facts, inventory } from '../render/ansible.ts';
import { composeFile } from '../render/compose.ts';
import { dockerfile } from '../render/compose-image.ts';
import { composeSpread } from '../render/compose-placement.ts';
import { drifted, writeDrifted } from '../render/drift.ts';
import type { Renderings } from '../render/drift.ts';
import { checkSyntax } from '../render/drift-syntax.ts';

/** Files of the repository that the description of the components makes. */
export function renderings(): Renderings {
  return new Map([
    ['compose/compose.yaml', composeFile()],
    ['compose/Dockerfile', dockerfile()],
    ['compose/placement.json', `${JSON.stringify(composeSpread(), null, 2)}\n`],
    ['ansible/inventory.yml', inventory()],
    ['ansible/group_vars/all.yml', facts()],
  ]);
}

/** Writes the renderings, or with `check` says which of them has drifted and whether their syntax is right. */
export async function render(options: { readonly check: boolean; readonly strict: boolean }): Promise<void> {
  const { checkout } = Layout.fromEnvironment();
  const say = (line: string): void => void process.stdout.write(`${line}\n`);
  if (!options.check) {
    const written = writeDrifted(checkout, renderings());
    for (const path of written) say(`wrote ${path}`);
    say(`${written.length} changed`);
    return;
  }
  const stale = drifted(checkout, renderings());
  if (stale.length > 0) {
    throw new Failure(
      'render',
      `${stale.join(', ')} ${stale.length === 1 ? 'is' : 'are'} not what the components' description makes`,
      './lyceum render   and commit what it wrote',
    );
  }
  say(`rendered files: no drift in ${renderings().size}`);
  await checkSyntax(checkout, options.strict, say);
}
