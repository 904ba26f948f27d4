import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Appliance } from '../appliance.js';
import { captureFiles } from '../fixtures/capture-files.js';
import { planClass } from '../lessons/class-session.js';
import type { BrowserOptions } from '../robot/browser.js';
import { Person } from '../robot/person.js';

/** Tests ask whether pictures move, not how smoothly. */
export const TEST_FPS = 10;

const captureDir = join(tmpdir(), 'lyceum-capture');

export async function arrive(
  appliance: Appliance,
  username: string,
  index: number,
  options: Partial<Omit<BrowserOptions, 'trustedKey'>> = {},
): Promise<Person> {
  const capture = await captureFiles(captureDir, index, { fps: TEST_FPS });
  return Person.arrive(appliance, appliance.person('northfield', username), index, { capture, ...options });
}

export interface SmallClass {
  readonly sessionId: string;
  readonly teacher: Person;
  readonly student: Person;
  end(): Promise<void>;
}

/** Anna and Maya in a running class. */
export async function smallClass(appliance: Appliance, title: string): Promise<SmallClass> {
  const teacher = await arrive(appliance, 'anna', 0);
  const student = await arrive(appliance, 'maya', 1);
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
