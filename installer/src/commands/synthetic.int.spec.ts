import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { attempt } from '../host/exec.ts';
import { Layout } from '../host/layout.ts';
import type { JoinRow } from '../synthetic/history.ts';

/** Robots join the running appliance by themselves: real browsers, the real supervisor, the shortest interval there is. */
const checkout = resolve(import.meta.dirname, '../../..');
const layout = Layout.fromEnvironment();
const lyceum = (...args: string[]) => attempt(join(checkout, 'lyceum'), args, { env: process.env });
const on = (...more: string[]) => lyceum('synthetic', 'on', '--every', '1m', '--max-load', '1000', ...more);

const rows = async (): Promise<JoinRow[]> => {
  const { stdout } = await lyceum('synthetic', 'history', '--json');
  return (JSON.parse(stdout) as { rows: JoinRow[] }).rows;
};

/** The first row after `count` of them; a visit takes a minute or two on two cores. */
async function rowAfter(count: number): Promise<JoinRow> {
  for (;;) {
    const row = (await rows())[count];
    if (row) return row;
    await sleep(2000);
  }
}

const robots = async (): Promise<{ state: string; why: string | null; pid: number | null } | null> =>
  (JSON.parse((await lyceum('status', '--json')).stdout) as { synthetic: { state: string; why: string; pid: number } })
    .synthetic;

describe('OP-10 synthetic joins', () => {
  let before: number;
  beforeAll(async () => {
    before = (await rows()).length;
  });
  afterAll(() => lyceum('synthetic', 'off'));

  it('OP-10 are off until somebody switches them on', async () => {
    expect((await lyceum('synthetic', 'status')).stdout).toContain('Off.');
    expect(await robots()).toBeNull();
  });

  it('OP-10 refuse people whom nobody made', async () => {
    const { status, output } = await on('--tenant', 'southgate');
    expect(status).toBe(1);
    expect(output).toContain('has no anna, maya, tomas, jun of southgate');
    expect(await robots()).toBeNull();
  });

  it('OP-10 are switched on, come at once, join, and leave a row', { timeout: 600_000 }, async () => {
    const { status, output } = await on('--patience', '60');
    expect(status, output).toBe(0);
    expect(await robots()).toMatchObject({ state: 'healthy', why: null, pid: expect.any(Number) as number });
    const row = await rowAfter(before);
    expect(row).toMatchObject({ outcome: 'ok', why: [], network: 'local', tenant: 'northfield' });
    expect(row.metrics['join_warm_ms_p50']).toBeGreaterThan(0);
    expect(row.metrics['joins']).toBe(6);
    expect((await lyceum('synthetic', 'history')).stdout).toContain('local: ');
  });

  it('OP-10 are nothing that a further up would change', { timeout: 300_000 }, async () => {
    const first = await robots();
    const { status, stdout, output } = await lyceum('up');
    expect(status, output).toBe(0);
    expect(stdout).toMatch(/^0 changed/m);
    expect((await robots())?.pid).toBe(first?.pid);
  });

  it('OP-10 tell of a join that failed, and why', { timeout: 900_000 }, async () => {
    const { status, output } = await on('--patience', '0.1');
    expect(status, output).toBe(0);
    let count = (await rows()).length;
    let row = await rowAfter(count);
    // One that was on its way knew of the old patience, whether it held that or not: nobody holds a tenth of the bar.
    const tooSlow = /join_warm_ms_p95 is \d[\d.]*, expected .* 40$/m;
    while (!tooSlow.test(row.why.join('\n'))) row = await rowAfter((count += 1));
    expect(row.outcome).toBe('failed');
    expect(await robots()).toMatchObject({ state: 'unhealthy' });
    const told = await lyceum('status');
    expect(told.status).toBe(1);
    expect(told.stdout).toMatch(/^synthetic +unhealthy +the last join failed.*join_warm_ms_p95/m);
    expect((await lyceum('logs', 'synthetic')).stdout).toContain('local: failed');
  });

  it('OP-10 are switched off, leave no process, and keep their history', { timeout: 120_000 }, async () => {
    const kept = (await rows()).length;
    const pid = (await robots())?.pid;
    expect((await lyceum('synthetic', 'off')).status).toBe(0);
    expect(await robots()).toBeNull();
    expect(existsSync(join(layout.services, 'synthetic'))).toBe(false);
    expect(existsSync(`/proc/${pid}`) && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('synthetic')).toBe(
      false,
    );
    expect((await rows()).length).toBe(kept);
    expect((await lyceum('synthetic', 'off')).stdout).toContain('as before');
  });
});
