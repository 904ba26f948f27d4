import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Failure } from '../cli/failure.ts';
import { readReport } from './reports.ts';

const report = {
  name: 'lecture',
  ok: true,
  failed: [],
  metrics: { seats: 400, media_us_per_packet: 16.4, loss_pct_max: null },
  machine: { cpu: 'a fast one', cores: 8, memoryGb: 32 },
};

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lyceum-reports-'));
  file = join(folder, 'lecture.json');
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('OP-11 reports of the operator’s own machine', () => {
  it.each([
    ['with --json', `${JSON.stringify(report)}\n`],
    ['without it', JSON.stringify(report, null, 2)],
    ['with progress before it', `Making 400 seats …\n${JSON.stringify(report)}\n`],
  ])('OP-11 are read as they were printed, %s', (_, text) => {
    writeFileSync(file, text);
    expect(readReport(file)).toEqual({
      rehearsal: 'lecture',
      date: new Date().toISOString().slice(0, 10),
      machine: '8 cores (a fast one), 32 GB',
      metrics: { seats: 400, media_us_per_packet: 16.4 },
    });
  });

  it.each([
    ['nothing', ''],
    ['words', 'lecture'],
    ['another rehearsal', '{"name":"join","metrics":{}}'],
    ['null', 'null'],
  ])('OP-11 are not %s', (_, text) => {
    writeFileSync(file, text);
    expect(() => readReport(file)).toThrow(Failure);
  });

  it('OP-11 are missed by name', () => {
    expect(() => readReport(join(folder, 'none.json'))).toThrow("none.json can't be read");
  });
});
