import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { firstClass } from '../lessons/first-class.js';
import { applianceUnderTest } from './appliance-under-test.js';

it(
  'OP-01 AV-01 AV-04 CO-04 CF-03 RE-01 RE-02 a class of three is held, recorded and replayed',
  { timeout: 600_000 },
  async () => {
    const report = await firstClass({
      appliance: applianceUnderTest(),
      captureDir: join(tmpdir(), 'lyceum-capture'),
      tenant: 'northfield',
      warmJoins: 3,
      coldJoins: 1,
      patience: 5,
      say: () => undefined,
    });
    expect(report.failed).toEqual([]);
  },
);
