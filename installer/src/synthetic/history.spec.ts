import { appendFileSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { History } from './history.ts';
import type { JoinRow } from './history.ts';
import { historyLines } from './print.ts';
import { summarise } from './summary.ts';

const row = (at: string, parts: Partial<JoinRow> = {}): JoinRow => ({
  at,
  seconds: 60,
  network: 'local',
  tenant: 'northfield',
  outcome: 'ok',
  why: [],
  metrics: {},
  ...parts,
});

let folder: string;
let history: History;
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'lyceum-history-')), 'synthetic');
  history = new History(folder);
});
afterEach(() => rmSync(join(folder, '..'), { recursive: true }));

describe('OP-10 the history of synthetic joins', () => {
  it('OP-10 gives the newest rows back in their order, over days', () => {
    const rows = ['2026-11-27T23:50:00Z', '2026-11-28T00:05:00Z', '2026-11-28T00:20:00Z'].map((at) => row(at));
    expect(history.last(10)).toEqual([]);
    for (const one of rows) history.add(one);
    expect(history.last(10)).toEqual(rows);
    expect(history.last(2)).toEqual(rows.slice(1));
    expect(new History(folder).last(1), 'another process reads the same').toEqual(rows.slice(2));
  });

  it('OP-10 is for its owner only', () => {
    history.add(row('2026-11-28T00:05:00Z'));
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(statSync(join(folder, '2026-11-28.jsonl')).mode & 0o777).toBe(0o600);
  });

  it('OP-10 forgets days that are too old, and nothing that is not its own', () => {
    for (const day of ['2026-10-28', '2026-10-29', '2026-11-28']) history.add(row(`${day}T12:00:00Z`));
    writeFileSync(join(folder, 'notes.txt'), 'mine');
    expect(history.forget(30, Date.parse('2026-11-28T12:00:00Z'))).toBe(1);
    expect(readdirSync(folder).sort()).toEqual(['2026-10-29.jsonl', '2026-11-28.jsonl', 'notes.txt']);
    expect(history.forget(30, Date.parse('2026-11-28T12:00:00Z'))).toBe(0);
  });

  it('OP-10 survives a line that was cut by a power failure', () => {
    history.add(row('2026-11-28T00:05:00Z'));
    appendFileSync(join(folder, '2026-11-28.jsonl'), '{"at":"2026-11-28T00:2\n');
    history.add(row('2026-11-28T00:35:00Z'));
    expect(history.last(10).map(({ at }) => at)).toEqual(['2026-11-28T00:05:00Z', '2026-11-28T00:35:00Z']);
  });
});

describe('OP-10 what visits come to', () => {
  const warm = (ms: number): Partial<JoinRow> => ({ metrics: { join_warm_ms_p50: ms } });
  const rows = [
    ...Array.from({ length: 20 }, (_, n) => row(`2026-11-28T0${Math.floor(n / 4)}:00:00Z`, warm(100 + n))),
    row('2026-11-28T06:00:00Z', { outcome: 'failed', why: ['someone joined and saw nobody'] }),
    row('2026-11-28T06:15:00Z', { network: 'tcp', outcome: 'skipped', why: ['the machine was busy'] }),
  ];

  it('OP-10 counts each network apart, with percentiles of what was measured', () => {
    expect(summarise(rows)).toEqual([
      { network: 'local', ok: 20, failed: 1, skipped: 0, warm: { p50: 109, p95: 118, max: 119 }, cold: null },
      { network: 'tcp', ok: 0, failed: 0, skipped: 1, warm: null, cold: null },
    ]);
  });

  it('OP-10 prints every failure with its reason', () => {
    const text = historyLines(rows, summarise(rows)).join('\n');
    expect(text).toContain('    someone joined and saw nobody');
    expect(text).toContain('local: 20 ok, 1 failed, 0 skipped');
    expect(text).toContain('warm: p50 109 ms, p95 118 ms, max 119 ms');
    expect(historyLines([], [])).toEqual(['No robot has joined yet.']);
  });
});
