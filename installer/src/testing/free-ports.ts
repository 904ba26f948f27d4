import { listeners } from '../host/ports.ts';
import { highestOffset } from '../model/settings.ts';

const first = 20_000;
// Below the range that the kernel hands out to outgoing connections (32768 and up).
const end = 32_000;

/** A port base whose whole range nobody listens in now. Starts at a random place, so that two runs rarely meet. */
export function freePortBase(taken: readonly number[] = listeners().map(({ port }) => port)): number {
  const size = highestOffset + 1;
  const places = Math.floor((end - first) / size);
  const start = Math.floor(Math.random() * places);
  for (let step = 0; step < places; step += 1) {
    const base = first + ((start + step) % places) * size;
    if (!taken.some((port) => port >= base && port < base + size)) return base;
  }
  throw new Error(`no ${size} free ports in a row from ${first} to ${end}`);
}
