import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { handoff } from '../lessons/handoff.js';
import { ownInstitution } from './own-institution.js';

it('OP-11 AV-08 AV-12 a student whose address changes is seen, heard and muted as the page says', async () => {
  const report = await handoff({
    ...(await ownInstitution('handoff')),
    captureDir: join(tmpdir(), 'lyceum-capture'),
    repetitions: 2,
    patience: 5,
    say: () => undefined,
  });
  expect(report.failed).toEqual([]);
  expect(report.metrics['repetitions']).toBe(2);
});
