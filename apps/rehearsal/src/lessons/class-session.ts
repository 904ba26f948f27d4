import type { ClassSession, NewSession } from '@lyceum/contracts';
import type { Person } from '../robot/person.js';

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
