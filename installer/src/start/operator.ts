import { componentNamed } from '../components/index.ts';
import { attempt } from '../host/exec.ts';
import type { Outcome } from '../host/exec.ts';
import type { Appliance } from '../model/appliance.ts';
import { resolveText } from '../model/placement.ts';
import { Failure } from '../cli/failure.ts';

/** Runs our one-shot program as its own user, in the clean environment its description asks for. */
export async function runOperator(
  appliance: Appliance,
  args: readonly string[],
  options: { show?: boolean; log?: string; input?: string } = {},
): Promise<Outcome> {
  const { layout, placement } = appliance;
  const component = componentNamed('operator');
  const [program = '', ...rest] = component.command.map((word) => resolveText(placement, component, word));
  const env: NodeJS.ProcessEnv = { PATH: '/usr/bin:/bin', LANG: 'C.UTF-8', TZ: 'UTC', HOME: '/nonexistent' };
  for (const [name, value] of Object.entries(component.environment))
    env[name] = resolveText(placement, component, value);
  return attempt(program, [...rest, ...args], {
    user: layout.separated ? layout.user(component.user) : undefined,
    env,
    ...options,
  });
}

/** The same, where nothing but success will do. */
export async function requireOperator(
  appliance: Appliance,
  what: string,
  args: readonly string[],
  log: string,
): Promise<string> {
  const { status, stdout, output } = await runOperator(appliance, args, { log });
  if (status === 0) return stdout;
  const tail = output.trim().split('\n').slice(-12).join('\n').replace(/^/gm, '          ');
  throw new Failure(what, `ended with status ${status}:\n${tail}`, `less ${log}   and then ./lyceum up`);
}
