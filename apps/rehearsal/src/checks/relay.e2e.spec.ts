import { expect, it } from 'vitest';
import { planClass } from '../lessons/class-session.js';
import type { Person } from '../robot/person.js';
import { TcpOnlyNamespace } from '../network/tcp-only-namespace.js';
import { applianceUnderTest } from './appliance-under-test.js';
import { arrive } from './small-class.js';

it('AV-06 a student behind a firewall that lets only TCP through is seen and sees, relayed', async () => {
  const appliance = applianceUnderTest();
  const { edge, turn } = appliance.ports;
  const firewall = await TcpOnlyNamespace.create([edge.https, turn.turn, turn.turns]);
  let teacher: Person | undefined;
  try {
    teacher = await arrive(appliance, 'anna', 0);
    const { id } = await planClass(teacher, 'Behind a firewall');
    await teacher.openRoom(id);
    await teacher.join();
    const student = await arrive(appliance, 'maya', 1, { wrapper: firewall.browser });
    try {
      await student.openRoom(id);
      await student.join();
      const host = teacher;
      const frames = async (viewer: Person, index: number) =>
        (await viewer.read()).videos
          .filter((video) => video.samples.at(-1)?.person === index)
          .reduce((n, v) => n + v.frames, 0);
      await expect.poll(() => frames(student, 0), { timeout: 60_000 }).toBeGreaterThan(40);
      await expect.poll(() => frames(host, 1), { timeout: 60_000 }).toBeGreaterThan(40);
      const pairs = await student.pairs();
      expect(pairs.length).toBeGreaterThan(0);
      for (const pair of pairs) {
        expect(pair.local).toBe('relay');
        expect(['tcp', 'tls']).toContain(pair.relayProtocol);
      }
    } finally {
      await student.leave();
    }
  } finally {
    await teacher?.leave();
    await firewall.remove();
  }
});
