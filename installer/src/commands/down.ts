import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Reporter } from '../cli/output.ts';
import { services } from '../components/index.ts';
import { Layout } from '../host/layout.ts';
import { lock } from '../host/machine.ts';
import { forgetStart } from '../start/run.ts';
import { synthetic } from '../synthetic/service.ts';
import { serviceState, stopService, stopSupervisor } from '../start/supervisor.ts';

/** Stops everything, in the reverse order of starting: whoever visits the appliance first, the supervisor last. */
export async function stopAll(layout: Layout, report: Reporter): Promise<void> {
  for (const service of [...services, synthetic].reverse()) {
    if (!existsSync(join(layout.services, service.name))) continue;
    if (!(await serviceState(layout, service.name)).running) continue;
    await report.step(`Stop ${service.title}`, async () => {
      await stopService(layout, service);
      forgetStart(layout, service);
      return { changed: 1 };
    });
  }
  await report.step('Stop the supervisor', async () => ({ changed: Number(await stopSupervisor(layout)) }));
}

export async function down(): Promise<void> {
  const layout = Layout.fromEnvironment();
  const report = new Reporter();
  if (!existsSync(layout.state)) {
    report.line('Nothing is installed here.');
    return;
  }
  const unlock = lock(layout);
  try {
    await stopAll(layout, report);
  } finally {
    unlock();
  }
}
