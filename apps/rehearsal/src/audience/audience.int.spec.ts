import type { AuditPage } from '@lyceum/contracts';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ownInstitution } from '../checks/own-institution.js';
import { events } from '../lessons/events.js';
import { lecture } from '../lessons/lecture.js';
import { sfu } from '../lessons/sfu.js';
import type { RehearsalOptions } from '../lessons/stage.js';
import { HttpPerson } from '../robot/http-person.js';
import { encodedClip } from './clip.js';
import { Robots, openSeats, programPath } from './robots.js';
import type { Plan } from './wire.js';

const { appliance, tenant } = await ownInstitution('audience');

describe('AV-12 robots without browsers', () => {
  const captureDir = mkdtempSync(join(tmpdir(), 'lyceum-audience-'));
  /** A small class on a busy machine: what must hold is that it works, not how fast. */
  const options: RehearsalOptions = { appliance, captureDir, tenant, patience: 20, say: () => undefined };

  const home = { url: `${appliance.origin.replace('http', 'ws')}/t/${tenant}/rt`, caFile: appliance.caFile };

  async function planFor(students: number): Promise<Plan> {
    const { seats } = await openSeats(tenant, students);
    return { ...home, seats, atOnce: 4 };
  }

  // Their program is compiled once per machine and version.
  beforeAll(async () => expect(await programPath()).toContain('audience'), 600_000);
  afterAll(() => rmSync(captureDir, { recursive: true, force: true }));

  it('AV-12 get the teacher’s picture and voice, and ask again for what they lost', async () => {
    const plan = { ...(await planFor(6)), clip: await encodedClip(captureDir, 400), lose: 0.05 };
    const { robots, storm } = await Robots.seat(plan);
    expect(storm.seats).toBe(7);
    const { data } = await robots.order({ do: 'measure', seconds: 4 }, 'measured');
    await robots.leave();
    expect(data.listeners).toBe(6);
    // Half of the packets are the picture's, one in twenty was thrown away.
    expect(data.videoMissed).toBeGreaterThan(data.expected * 0.01);
    expect(data.videoLossPctMax).toBeLessThan(1);
    expect(data.expected).toBeGreaterThan(0.9 * data.sent * data.listeners);
  });

  it('AV-12 a small lecture reports what the long one does', async () => {
    const report = await lecture({ ...options, seats: 6, seconds: 3 });
    expect(report.failed).toEqual([]);
    expect(report.metrics).toMatchObject({ seats: 6 });
    expect(report.metrics['media_us_per_packet']).toBeGreaterThan(0);
  });

  it('RE-01 everybody hears what one says', async () => {
    const report = await events({ ...options, seats: 6, seconds: 3 });
    expect(report.failed).toEqual([]);
    expect(report.metrics).toMatchObject({ seats: 6, events_said: 15, copies_missing: 0 });
  });

  it('AN-01 our media node and mediasoup alone forward the same', async () => {
    const { metrics } = await sfu({ ...options, robots: 4, rounds: 1, secondsEach: 3 });
    expect(metrics['sfu_ratio']).toBeGreaterThan(0);
    expect(Math.abs((metrics['sfu_mbps'] ?? 0) - (metrics['bare_mbps'] ?? 0))).toBeLessThan(2);
    expect(metrics['loss_pct_max']).toBeLessThan(1);
  });

  it('SE-05 their seats are in the audit trail and end with the class', async () => {
    const { sessionId, seats } = await openSeats(tenant, 1);
    const plan = { ...home, seats, atOnce: 1 };
    const { robots } = await Robots.seat(plan);
    await robots.leave();
    await expect(Robots.seat(plan)).rejects.toThrow('ROOM.ENDED');
    const admin = await HttpPerson.arrive(appliance, appliance.person(tenant, 'ada'));
    const { items } = await admin.json<AuditPage>('GET', 'audit?action=rehearsal.');
    await admin.leave();
    expect(items[0]).toMatchObject({
      action: 'rehearsal.seats-issued',
      target: { id: sessionId },
      detail: { seats: 2 },
    });
  });
});
