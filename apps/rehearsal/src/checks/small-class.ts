import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { captureFiles } from '../fixtures/capture-files.js';
import { planClass } from '../lessons/class-session.js';
import type { BrowserOptions } from '../robot/browser.js';
import { Person } from '../robot/person.js';
import type { Place } from './own-institution.js';

/** Tests ask whether pictures move, not how smoothly. */
export const TEST_FPS = 10;

const captureDir = join(tmpdir(), 'lyceum-capture');

export async function arrive(
  { appliance, tenant }: Place,
  username: string,
  index: number,
  options: Partial<Omit<BrowserOptions, 'trustedKey'>> = {},
): Promise<Person> {
  const capture = await captureFiles(captureDir, index, { fps: TEST_FPS });
  return Person.arrive(appliance, appliance.person(tenant, username), index, { capture, ...options });
}

export interface SmallClass {
  readonly sessionId: string;
  readonly teacher: Person;
  readonly student: Person;
  end(): Promise<void>;
}

/** Anna and Maya in a running class. */
export async function smallClass(place: Place, title: string): Promise<SmallClass> {
  const teacher = await arrive(place, 'anna', 0);
  const student = await arrive(place, 'maya', 1);
  const { id: sessionId } = await planClass(teacher, title);
  await teacher.openRoom(sessionId);
  await teacher.join();
  await student.openRoom(sessionId);
  await student.join();
  return {
    sessionId,
    teacher,
    student,
    end: async () => {
      await Promise.all([teacher.leave(), student.leave()]);
    },
  };
}
