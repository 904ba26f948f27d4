import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { z } from 'zod';

const run = promisify(execFile);

const statusSchema = z.object({
  components: z.array(
    z.object({ name: z.string(), pid: z.int().nullable(), user: z.string().nullable(), state: z.string() }),
  ),
});
export type ComponentStatus = z.infer<typeof statusSchema>['components'][number];

/** What the appliance under test says of its processes (`./lyceum status --json`). */
export async function componentStatus(): Promise<ComponentStatus[]> {
  const { stdout } = await run('./lyceum', ['status', '--json']).catch((error: { stdout?: string }) => ({
    stdout: error.stdout ?? '',
  }));
  return statusSchema.parse(JSON.parse(stdout)).components;
}

/** kill -9 of one component; the supervisor starts it again. @throws Error when it does not run. */
export async function killComponent(name: string): Promise<void> {
  const found = (await componentStatus()).find((component) => component.name === name);
  if (!found?.pid) throw new Error(`${name} does not run`);
  process.kill(found.pid, 'SIGKILL');
}
