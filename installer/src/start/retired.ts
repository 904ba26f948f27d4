import { readdirSync } from 'node:fs';
import { exists } from '../host/files.ts';
import type { Layout } from '../host/layout.ts';
import type { Service } from '../model/component.ts';
import { forgetStart } from './run.ts';
import { removeService } from './supervisor.ts';

/** Long enough for any component that there ever was. */
const STOP_SECONDS = 60;

/**
 * Takes away what an earlier release supervised and this one, with the services `known`, does not: it would keep ports that
 * are needed.
 * @returns their names
 */
export async function retireServices(layout: Layout, known: readonly Service[]): Promise<string[]> {
  if (!exists(layout.services)) return [];
  const names = new Set<string>(known.map(({ name }) => name));
  const retired = readdirSync(layout.services).filter((name) => !name.startsWith('.') && !names.has(name));
  for (const name of retired) {
    const service: Service = { name: name as Service['name'], title: name, stopSeconds: STOP_SECONDS };
    await removeService(layout, service);
    forgetStart(layout, service);
  }
  return retired;
}
