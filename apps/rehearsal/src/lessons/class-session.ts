import type { ClassSession, NewSession, Replay } from '@lyceum/contracts';
import type { Person } from '../robot/person.js';
import { pause } from './stage.js';

const READY_WITHIN_MS = 120_000;

/** The teacher plans a class that starts now in the first course they teach; answers its id. */
export async function planClass(teacher: Pick<Person, 'api'>, title: string): Promise<ClassSession> {
  const { items } = await teacher.api<{ items: { id: string }[] }>('GET', 'courses');
  const [course] = items;
  if (!course) throw new Error('The demo institution has no course.');
  const startsAt = new Date();
  const endsAt = new Date(startsAt.getTime() + 3_600_000);
  const plan: NewSession = {
    title,
    startsAt: startsAt.toISOString(),
    endsAt: endsAt.toISOString(),
    timeZone: 'UTC',
    recorded: true,
  };
  return teacher.api<ClassSession>('POST', `courses/${course.id}/sessions`, plan);
}

/** Ends the class that the teacher is in: one that is only left is kept, and recorded, for an hour. */
export async function endClass(teacher: Person): Promise<void> {
  await teacher.press('Leave');
  await teacher.press('End class for everyone');
}

/** The replay once all of it plays. @throws Error when it doesn't within two minutes. */
export async function replayOf(viewer: Person, sessionId: string): Promise<Replay> {
  const until = Date.now() + READY_WITHIN_MS;
  for (;;) {
    const replay = await viewer.api<Replay>('GET', `sessions/${sessionId}/replay`);
    if (replay.status === 'ready') return replay;
    if (Date.now() > until) throw new Error(`The replay is ${replay.status} after ${READY_WITHIN_MS / 1000} s.`);
    await pause(1000);
  }
}
