import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { planClass } from '../lessons/class-session.js';
import { ownInstitution } from './own-institution.js';
import { arrive } from './small-class.js';

/** Accessible-enough name of the focused element: its label, else its text. */
const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const element = document.activeElement;
    const labelledBy = element?.getAttribute('aria-labelledby')?.split(' ') ?? [];
    const label =
      element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement ? element.labels?.[0] : null;
    const named = labelledBy.map((id) => document.getElementById(id)?.textContent ?? '').join(' ');
    return (element?.getAttribute('aria-label') || named || label?.textContent || element?.textContent || '').trim();
  });

/** Walks with Tab until the element of that name has the focus; fails after a full round, as a person would. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  const passed: string[] = [];
  for (let step = 0; step < 80; step++) {
    const now = await focused(page);
    if (name.test(now)) return;
    passed.push(now.slice(0, 30));
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab never reached ${name}; it passed ${passed.join(' → ')}`);
}

it('AC-02 a class is joined, spoken in, written in and left by keyboard alone', async () => {
  const place = await ownInstitution('keyboard');
  const teacher = await arrive(place, 'anna', 0);
  const student = await arrive(place, 'maya', 1);
  const { page } = student;
  try {
    const { id } = await planClass(teacher, 'By keyboard');
    await teacher.openRoom(id);
    await teacher.join();
    await student.openRoom(id);
    await tabTo(page, /^Join$/);
    await page.keyboard.press('Enter');
    await student.inRoomState('present');

    await tabTo(page, /^(Mute|Unmute)/);
    const before = await focused(page);
    await page.keyboard.press('Space');
    await expect.poll(() => focused(page)).not.toBe(before);
    await page.keyboard.press('Space');
    await expect.poll(() => focused(page)).toBe(before);

    await tabTo(page, /^Raise hand/);
    await page.keyboard.press('Enter');
    await teacher.openPanel('People');
    await teacher.page.getByRole('list', { name: 'Hands' }).getByRole('listitem').first().waitFor();

    await tabTo(page, /^(People|Chat)/);
    if (/^People/.test(await focused(page))) await page.keyboard.press('ArrowRight');
    // Walking over the tabs shows the chat and stays on its tab; only a click, Enter or the shortcut goes on to the field.
    await page.getByRole('log', { name: 'Chat' }).waitFor();
    expect(await focused(page)).toMatch(/^Chat/);
    await tabTo(page, /^Message/);
    await page.keyboard.type('Written without a mouse');
    await page.keyboard.press('Enter');
    await teacher.openPanel('Chat');
    await teacher.page.getByText('Written without a mouse').waitFor();

    await tabTo(page, /^Leave/);
    await page.keyboard.press('Enter');
    const confirm = page.getByRole('dialog').getByRole('button', { name: /Leave/ });
    if (await confirm.isVisible().catch(() => false)) {
      await tabTo(page, /^Leave/);
      await page.keyboard.press('Enter');
    }
    await page.locator('[data-room-state="present"]').waitFor({ state: 'detached' });
  } finally {
    await Promise.all([teacher.leave(), student.leave()]);
  }
});
