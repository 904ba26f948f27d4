import { CostMeter, spentBetween } from './costs.js';
import type { Robots } from './robots.js';
import type { Received } from './wire.js';

/** One stretch of counting, with what the appliance's processes used meanwhile. */
export interface Stretch {
  readonly received: Received;
  /** Processor seconds of components whose names match, within the stretch. */
  spent(names: RegExp): number;
}

/** Lets the robots count for a while and reads the costs at the same two moments. */
export async function countFor(robots: Robots, meter: CostMeter, seconds: number): Promise<Stretch> {
  const [begun, counted] = [robots.hear('measuring'), robots.hear('counted')];
  const done = robots.order({ do: 'measure', seconds }, 'measured');
  await begun;
  const before = meter.read();
  await counted;
  const after = meter.read();
  const { data: received } = await done;
  return { received, spent: (names) => spentBetween(before, after, names) };
}

/** Every media node of the appliance, with its workers. */
export const MEDIA = /^media(-\d+)?$/;
