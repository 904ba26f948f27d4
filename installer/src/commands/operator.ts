import { Failure } from '../cli/failure.ts';
import { Layout } from '../host/layout.ts';
import { openAppliance } from '../model/appliance.ts';
import { runOperator } from '../start/operator.ts';
import { serviceState } from '../start/supervisor.ts';

/** Hands a command over to our one-shot program in the running appliance and shows what it says. */
async function operate(args: readonly string[], needs: readonly ('postgres' | 'keycloak' | 'keys')[]): Promise<number> {
  const appliance = openAppliance(Layout.fromEnvironment());
  for (const name of needs) {
    if ((await serviceState(appliance.layout, name)).running) continue;
    throw new Failure(name, 'is stopped, and this command needs it', './lyceum up');
  }
  const { status } = await runOperator(appliance, args, { show: true });
  return status ?? 1;
}

/** Creates an institution: its row, its keys and its realm. */
export async function tenantCreate(slug: string | undefined, name: string | undefined): Promise<number> {
  if (!slug || !/^[a-z][a-z0-9-]{1,30}[a-z0-9]$/.test(slug) || !name) {
    throw new Failure(
      'tenant',
      'an institution needs a slug (small letters, digits, dashes) and a name',
      './lyceum tenant create riverside "Riverside College"',
    );
  }
  return operate(['tenant', 'create', '--slug', slug, '--name', name], ['postgres', 'keycloak', 'keys']);
}

/** Follows the chain of audit entries of every institution (or of one) and names what does not fit. */
export async function auditVerify(slug: string | undefined): Promise<number> {
  return operate(['audit', 'verify', ...(slug ? ['--tenant', slug] : [])], ['postgres']);
}
