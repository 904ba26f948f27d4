import { randomUUID } from 'node:crypto';
import { sessionEndedChannel, type SessionEnded } from '@lyceum/identity';
import { Fanout } from '@lyceum/platform/fanout';
import { expect, it } from 'vitest';
import { Rooms } from './testing/rooms.js';

const rooms = Rooms.hooks();

it('SE-01 signing out leaves the class in that browser, at whichever api, and in no other', async () => {
  const { lesson, one, two } = rooms;
  const { anna, maya } = lesson.people;
  const laptop = { ...maya, webSession: randomUUID() };
  const teacher = await rooms.enter(one, { ...anna, webSession: randomUUID() });
  const student = await rooms.enter(two, laptop);
  const ended: SessionEnded = {
    tenantId: lesson.tenant.id,
    sessionId: laptop.webSession,
    personId: maya.id,
    reason: 'logout',
  };
  one.app.get(Fanout).publish(sessionEndedChannel, ended);
  const { problem } = await student.next('bye');
  expect(problem.code).toBe('ROOM.SIGNED_OUT');
  await student.gone();
  await teacher.do('chat.send', { text: 'still here', to: { kind: 'room' } });
});
