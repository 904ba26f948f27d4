import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Person } from '../robot/person.js';
import { ownInstitution, type Place } from './own-institution.js';
import { arrive, smallClass, type SmallClass } from './small-class.js';

/** Waits until colours have arrived: a transition that has not drawn its last frame still computes the scheme before. */
const settled = (page: Page) =>
  page.evaluate(async () => {
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    await Promise.allSettled(document.getAnimations().flatMap((a) => (a instanceof CSSTransition ? [a.finished] : [])));
  });

async function violations(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await settled(page);
    const { violations: broken } = await new AxeBuilder({ page })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
      .analyze();
    for (const { id, impact, nodes } of broken) {
      if (impact !== 'serious' && impact !== 'critical') continue;
      const places = nodes.map(({ target, failureSummary }) => `${target.join(' ')}: ${failureSummary}`);
      found.push(`${colorScheme}: ${id} (${impact}) at ${places.join('; ')}`);
    }
  }
  return found;
}

describe('AC-07 pages have no serious accessibility fault, light and dark', () => {
  let place: Place;
  let lesson: SmallClass;
  let admin: Person;

  beforeAll(async () => {
    place = await ownInstitution('accessibility');
    lesson = await smallClass(place, 'Accessibility');
    admin = await arrive(place, 'ada', 3);
  });
  afterAll(() => Promise.all([lesson?.end(), admin?.leave()]));

  /** `~` at the start of a path is the institution's. */
  const visit = async (person: Person, path: string, ready: string) => {
    await person.page.goto(`${place.appliance.origin}${path.replace(/^~/, `/t/${place.tenant}`)}`);
    await person.page.locator(ready).first().waitFor();
    return violations(person.page);
  };

  it('AC-04 AC-07 the room', async () => {
    expect(await violations(lesson.teacher.page)).toEqual([]);
    await lesson.student.openPanel('Chat');
    expect(await violations(lesson.student.page)).toEqual([]);
  });

  it('AC-04 AC-07 the room on a phone', async () => {
    const { page } = lesson.student;
    const before = page.viewportSize();
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await violations(page)).toEqual([]);
    if (before) await page.setViewportSize(before);
  });

  it.each(['/', '/design', '~', '~/courses', '~/people', '~/audit', '~/nowhere'])('AC-04 AC-07 %s', async (path) => {
    expect(await visit(admin, path, 'h1')).toEqual([]);
  });

  it('AC-04 AC-07 the course and its sessions, the device check, the ways out of a class, the replay', async () => {
    const { student, teacher, sessionId } = lesson;
    const session = await student.api<{ courseId: string }>('GET', `sessions/${sessionId}`);
    const course = `~/courses/${session.courseId}`;
    // Someone whose page just went away keeps the seat for a while and would be let in past the device check.
    await student.press('Leave');
    await student.inRoomState('ended');
    expect(await violations(student.page)).toEqual([]);
    expect(await visit(student, course, 'h1')).toEqual([]);
    expect(await visit(admin, `${course}/sessions/new`, 'form')).toEqual([]);
    expect(await visit(student, `~/sessions/${sessionId}/details`, 'h1')).toEqual([]);
    expect(await visit(student, `~/sessions/${sessionId}`, '[data-room-state="prepared"]')).toEqual([]);
    await teacher.press('Leave');
    await teacher.page.getByRole('dialog').waitFor();
    expect(await violations(teacher.page)).toEqual([]);
    await teacher.press('End class for everyone');
    await teacher.inRoomState('ended');
    expect(await violations(teacher.page)).toEqual([]);
    expect(await visit(student, `~/sessions/${sessionId}/replay`, '[data-replay-state="ready"]')).toEqual([]);
  });

  it('AC-04 AC-07 SE-01 the sign-in page of the institution', async () => {
    await admin.context.clearCookies();
    expect(await visit(admin, '~', 'h1')).toEqual([]);
    expect(await visit(admin, '~/auth/login', '#username')).toEqual([]);
  });
});
