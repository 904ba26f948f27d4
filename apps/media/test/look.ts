import type { MediaStats } from '@lyceum/sdk/media';
import type { Page } from 'playwright-core';
import type { Harness } from './page.js';

declare const harness: Harness;

/** Five times what it should take: other tests share the machine. */
const PATIENCE_MS = 20_000;

/** Waits until what `look` sees `fits`, and returns it. @throws Error with what was seen last. */
export async function until<T>(
  look: () => Promise<T> | T,
  fits: (value: T) => boolean,
  what: string,
  patienceMs = PATIENCE_MS,
): Promise<T> {
  const end = Date.now() + patienceMs;
  let value = await look();
  while (!fits(value)) {
    if (Date.now() > end) throw new Error(`${what}: still ${JSON.stringify(value)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
    value = await look();
  }
  return value;
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

export const state = (page: Page) => page.evaluate(() => harness.room.state);
export const remote = (page: Page) => page.evaluate(() => harness.remote());
export const local = (page: Page) => page.evaluate(() => harness.local());
export const hearing = (page: Page) => page.evaluate(() => harness.hearing());
export const log = (page: Page) => page.evaluate(() => harness.log);
export const stats = (page: Page): Promise<MediaStats | null> => page.evaluate(() => harness.room.stats());

/** The one remote track of a source. */
export async function received(page: Page, source: string) {
  return (await stats(page))?.remote.find((track) => track.source === source);
}

export const frames = async (page: Page): Promise<number> => (await received(page, 'camera'))?.framesDecoded ?? 0;

/** Waits until the page decodes more frames than now. */
export async function framesFlow(page: Page, what: string, atLeast = 5): Promise<void> {
  const before = await frames(page);
  await until(
    () => frames(page),
    // A new track counts from zero again.
    (now) => now >= before + atLeast || (now < before && now >= atLeast),
    what,
  );
}
