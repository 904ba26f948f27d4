import { Layout } from '../host/layout.ts';
import { openAppliance, selectServices } from '../model/appliance.ts';
import type { OutsideStore } from '../model/outside-store.ts';
import { origin } from '../model/settings.ts';
import { unhealthy } from '../start/health.ts';
import { storeUnreachable } from '../start/outside-store.ts';
import { serviceState, supervisorPid } from '../start/supervisor.ts';
import { synthetic } from '../synthetic/service.ts';
import { syntheticState } from '../synthetic/state.ts';

interface Line {
  readonly name: string;
  readonly title: string;
  readonly state: 'healthy' | 'unhealthy' | 'stopped';
  /** System user, or null when parts are not separated. */
  readonly user: string | null;
  readonly pid: number | null;
  /** When it came into this state (ISO 8601). */
  readonly since: string | null;
  readonly seconds: number;
  /** Why it isn't healthy, in words. */
  readonly why: string | null;
}

/** Says what runs and whether it does its work. Status 1 when something doesn't. */
export async function status(options: { json: boolean }): Promise<number> {
  const { layout, placement, settings } = openAppliance(Layout.fromEnvironment());
  const lines = await Promise.all(
    selectServices(layout, settings).map(async (component): Promise<Line> => {
      const { running, pid, seconds } = await serviceState(layout, component.name);
      const why = running ? await unhealthy(layout, placement, component) : undefined;
      return {
        name: component.name,
        title: component.title,
        state: !running ? 'stopped' : why === undefined ? 'healthy' : 'unhealthy',
        user: layout.separated ? layout.user(component.user) : null,
        pid: pid ?? null,
        since: running ? new Date(Date.now() - seconds * 1000).toISOString() : null,
        seconds,
        why: why ?? null,
      };
    }),
  );
  if (settings.store) lines.push(await storeLine(layout, settings.store));
  const robots = await syntheticState(layout);
  const ok = [...lines, ...(robots ? [robots] : [])].every(({ state }) => state === 'healthy');
  if (options.json) {
    process.stdout.write(
      `${JSON.stringify({
        ok,
        origin: origin(settings),
        supervisor: supervisorPid(layout) ?? null,
        components: lines,
        synthetic: robots ?? null,
      })}\n`,
    );
    return ok ? 0 : 1;
  }
  for (const line of lines) {
    const process_ = line.pid === null ? '' : `process ${line.pid}, ${line.seconds} s`;
    process.stdout.write(`${line.name.padEnd(10)} ${line.state.padEnd(10)} ${line.why ?? process_}\n`);
  }
  if (robots) {
    process.stdout.write(`${synthetic.name.padEnd(10)} ${robots.state.padEnd(10)} ${robots.why ?? robots.note}\n`);
  }
  const troubled: string[] = lines.filter((line) => line.state !== 'healthy').map((line) => line.name);
  if (robots && robots.state !== 'healthy') troubled.push(synthetic.name);
  const logged = troubled.find((name) => name !== 'store' || !settings.store);
  const cure = logged
    ? `./lyceum logs ${logged}   to see why, and ./lyceum up   to start what is stopped`
    : `./lyceum status   once ${settings.store?.endpoint} is back; recordings wait meanwhile`;
  if (ok) process.stdout.write(`\nAll well at ${origin(settings)}\n`);
  else {
    process.stdout.write(`\nNot well: ${troubled.join(', ')}.\n        Type: ${cure}\n`);
  }
  return ok ? 0 : 1;
}

/** An object store outside has no process here, but classes miss it all the same. */
async function storeLine(layout: Layout, store: OutsideStore): Promise<Line> {
  const why = await storeUnreachable(layout, store);
  return {
    name: 'store',
    title: `Object store (${store.endpoint})`,
    state: why === undefined ? 'healthy' : 'unhealthy',
    user: null,
    pid: null,
    since: null,
    seconds: 0,
    why: why ?? null,
  };
}
