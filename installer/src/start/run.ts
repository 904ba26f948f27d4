import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '../cli/failure.ts';
import type { StepResult } from '../cli/output.ts';
import { fingerprint } from '../configure/services.ts';
import { diskFull } from '../fetch/trouble.ts';
import { ensureFile, readIfThere } from '../host/files.ts';
import type { Layout } from '../host/layout.ts';
import { holderOf, listeners } from '../host/ports.ts';
import type { Appliance } from '../model/appliance.ts';
import type { Component, Service } from '../model/component.ts';
import { workerCount } from '../model/settings.ts';
import { unhealthy } from './health.ts';
import { serviceState, startService, stopService } from './supervisor.ts';

/** A service that ended this often while it should come up won't come up by waiting. */
const givesUpAfterEnds = 4;

const mark = (layout: Layout, service: Service): string => join(layout.state, 'marks', service.name);

export function forgetStart(layout: Layout, service: Service): void {
  rmSync(mark(layout, service), { force: true });
}

/** Makes sure that a component runs what is configured now and is healthy; a process that does is left alone. */
export async function ensureRunning(appliance: Appliance, component: Component): Promise<StepResult> {
  const { layout, placement } = appliance;
  const wanted = fingerprint(layout, component);
  const state = await serviceState(layout, component.name);
  const current = readIfThere(mark(layout, component))?.toString('utf8') === wanted;
  if (state.running && current && (await unhealthy(layout, placement, component)) === undefined) {
    return { changed: 0, note: `process ${state.pid}` };
  }
  // A process of an older configuration makes room; one that is only not healthy yet gets its time.
  if (state.running && !current) await stopService(layout, component);
  if (!(await serviceState(layout, component.name)).running) requireFreePorts(appliance, component);
  await startService(layout, component);
  await waitHealthy(appliance, component);
  const mine = { mode: 0o600, uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
  ensureFile(mark(layout, component), wanted, mine);
  return { changed: 1, note: `process ${(await serviceState(layout, component.name)).pid ?? '?'}` };
}

async function waitHealthy(appliance: Appliance, component: Component): Promise<void> {
  const { layout, placement } = appliance;
  const started = Date.now();
  const seen = new Set<number>();
  for (;;) {
    const why = await unhealthy(layout, placement, component);
    const { pid } = await serviceState(layout, component.name);
    // Both: another process may answer at its port while ours keeps ending.
    if (why === undefined && pid !== undefined) return;
    if (pid !== undefined) seen.add(pid);
    const late = Date.now() - started > component.startSeconds * 1000;
    if (late || seen.size >= givesUpAfterEnds) {
      const lines = logTail(layout, component, 12);
      if (/no space left on device|ENOSPC/i.test(lines)) throw diskFull(component.name);
      const what = late
        ? `is not healthy after ${component.startSeconds} s (${why ?? 'it keeps ending'})`
        : `ends as soon as it is started (${seen.size} times)`;
      throw new Failure(
        component.name,
        `${what}. The end of its log:\n${lines.replace(/^/gm, '          ')}`,
        `./lyceum logs ${component.name}   and, once the cause is gone, ./lyceum up`,
      );
    }
    await sleep(250);
  }
}

/** The last lines a component wrote. */
export function logTail(layout: Layout, component: Component, lines: number): string {
  const text = readIfThere(join(layout.logDir(component.name), 'current'))?.toString('utf8') ?? '';
  return text.trimEnd().split('\n').slice(-lines).join('\n');
}

/** @throws Failure that names the process which holds a port this component needs. */
export function requireFreePorts(
  appliance: { readonly settings: { readonly portBase: number } },
  component: Component,
): void {
  const taken = listeners();
  for (const port of Object.values(component.ports)) {
    // Of a range only the ports used at once must be free; relay and pipe ports are picked as needed.
    const count = port.count === undefined ? 1 : port.protocol === 'tcp+udp' ? workerCount() : 0;
    for (let number = appliance.settings.portBase + port.offset, last = number + count; number < last; number += 1) {
      const holder = taken.find(
        (listener) => listener.port === number && (port.protocol === 'tcp+udp' || port.protocol === listener.protocol),
      );
      if (holder) {
        throw new Failure(
          component.name,
          `port ${number} (${holder.protocol}) is taken by ${holderOf(holder.inode)}`,
          `./lyceum up --port-base ${appliance.settings.portBase + 1000}   or stop that process, then ./lyceum up`,
        );
      }
    }
  }
}
