import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { firstClass } from '../lessons/first-class.js';
import { applianceHome } from './appliance-under-test.js';
import { plaintextIn } from './at-rest.js';
import { ownInstitution } from './own-institution.js';

describe('OP-01 the first class', () => {
  it('AV-01 AV-04 CO-04 CF-03 RE-01 RE-02 is held by three, recorded and replayed', { timeout: 600_000 }, async () => {
    const report = await firstClass({
      ...(await ownInstitution('first-class')),
      captureDir: join(tmpdir(), 'lyceum-capture'),
      warmJoins: 3,
      coldJoins: 1,
      patience: 5,
      // Four browsers on two cores: how smooth and quick it is, the rehearsal judges.
      cameraFps: 5,
      say: () => undefined,
    });
    expect(report.failed).toEqual([]);
  });

  it('SE-03 left nothing readable in the object store', () => {
    const { objects, found } = plaintextIn(join(applianceHome(), 'state/store/objects'));
    expect(objects).toBeGreaterThan(7);
    expect(found).toEqual([]);
  });
});
