import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { planClass } from '../lessons/class-session.js';
import { campus } from '../network/campus.js';
import type { WalledNetwork } from '../network/walled-network.js';
import type { Person } from '../robot/person.js';
import { ownInstitution, type Place } from './own-institution.js';
import { arrive } from './small-class.js';

let place: Place;
let teacher: Person;
let sessionId: string;
let student: Person | undefined;
let firewall: WalledNetwork | undefined;

beforeAll(async () => {
  place = await ownInstitution('relay');
});
beforeEach(async () => {
  teacher = await arrive(place, 'anna', 0);
  ({ id: sessionId } = await planClass(teacher, 'Behind a firewall'));
  await teacher.openRoom(sessionId);
  await teacher.join();
});
afterEach(async () => {
  await Promise.all([teacher?.leave(), student?.leave()]);
  await firewall?.remove();
  student = firewall = undefined;
});

const framesOf = async (viewer: Person, index: number) =>
  (await viewer.read()).videos
    .filter((video) => video.samples.at(-1)?.person === index)
    .reduce((frames, video) => frames + video.frames, 0);

it.each(['tcp', 'tls'] as const)(
  'AV-06 a student whose network lets only the pages and TURN over %s through sees and is seen, relayed',
  async (kind) => {
    firewall = await campus(place.appliance, kind);
    student = await arrive(place, 'maya', 1, { wrapper: firewall.browser });
    const behind = student;
    await behind.openRoom(sessionId);
    await behind.join();
    await expect.poll(() => framesOf(behind, 0), { timeout: 60_000 }).toBeGreaterThan(40);
    await expect.poll(() => framesOf(teacher, 1), { timeout: 60_000 }).toBeGreaterThan(40);
    const pairs = await behind.pairs();
    expect(pairs.length).toBeGreaterThan(0);
    for (const pair of pairs) expect(pair).toMatchObject({ local: 'relay', relayProtocol: kind });
  },
);
