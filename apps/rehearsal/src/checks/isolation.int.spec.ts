import type { ClassSession, Me } from '@lyceum/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HttpPerson } from '../robot/http-person.js';
import { ownInstitution, type Place } from './own-institution.js';

/** A call that its owner may make; `body` is one that the route accepts, so that what refuses a stranger is the tenant. */
interface Example {
  readonly body?: unknown;
  readonly owner: 'anna' | 'ada';
  /** What the owner is answered. */
  readonly status: number;
}

const plan = {
  title: 'Isolation',
  startsAt: '2030-02-01T10:00:00Z',
  endsAt: '2030-02-01T11:00:00Z',
  timeZone: 'UTC',
  recorded: false,
};

/** Every route of an institution that needs somebody, in an order in which the owner can call them: what ends things is last. */
const examples: Readonly<Record<string, Example>> = {
  'GET me': { owner: 'anna', status: 200 },
  'GET home': { owner: 'anna', status: 200 },
  'GET people': { owner: 'ada', status: 200 },
  'GET audit': { owner: 'ada', status: 200 },
  'GET courses': { owner: 'anna', status: 200 },
  'POST courses': {
    owner: 'ada',
    body: { code: `Isolation ${Date.now()}`, title: 'Isolation', term: 'Autumn 2026' },
    status: 201,
  },
  'GET courses/{courseId}': { owner: 'anna', status: 200 },
  'GET courses/{courseId}/people': { owner: 'anna', status: 200 },
  'POST courses/{courseId}/sessions': { owner: 'anna', body: plan, status: 201 },
  'PUT courses/{courseId}/people/{personId}': { owner: 'anna', body: { role: 'student' }, status: 200 },
  'GET sessions/{sessionId}': { owner: 'anna', status: 200 },
  'PATCH sessions/{sessionId}': { owner: 'anna', body: { title: 'Isolation, renamed' }, status: 200 },
  'POST sessions/{sessionId}/join': { owner: 'anna', status: 201 },
  'DELETE courses/{courseId}/people/{personId}': { owner: 'anna', status: 200 },
  'POST sessions/{sessionId}/end': { owner: 'anna', status: 204 },
};

/** Their owner needs a recording to be answered: apps/recorder/src/recorder.int.spec.ts has one, and a stranger, too. */
const recordings = ['GET recordings/{recordingId}/segments/{segmentId}/media', 'GET sessions/{sessionId}/replay'];

const prefix = '/t/{tenant}/api/v1/';

const arrive = ({ appliance, tenant }: Place, username: string) =>
  HttpPerson.arrive(appliance, appliance.person(tenant, username));

describe('SE-02 institutions do not see each other', () => {
  let place: Place;
  let owners: Readonly<Record<Example['owner'], HttpPerson>>;
  let stranger: HttpPerson;
  let ids: Readonly<Record<string, string>>;

  beforeAll(async () => {
    place = await ownInstitution('isolation');
    const [anna, ada] = [await arrive(place, 'anna'), await arrive(place, 'ada')];
    owners = { anna, ada };
    stranger = await arrive(await ownInstitution('isolation-stranger'), 'ada');
    const courses = await anna.json<{ items: { id: string }[] }>('GET', 'courses');
    const courseId = courses.items[0]?.id ?? '';
    const session = await anna.json<ClassSession>('POST', `courses/${courseId}/sessions`, plan);
    // Opens the room, so that there is something to end.
    await anna.json('POST', `sessions/${session.id}/join`);
    const { person } = await ada.json<Me>('GET', 'me');
    // In the course, so that there is somebody to change and to take out of it.
    await anna.json('PUT', `courses/${courseId}/people/${person.id}`, { role: 'student' });
    ids = {
      courseId,
      sessionId: session.id,
      personId: person.id,
      recordingId: crypto.randomUUID(),
      segmentId: crypto.randomUUID(),
    };
  });

  afterAll(() => Promise.all([owners?.anna, owners?.ada, stranger].map((person) => person?.leave())));

  const call = (person: HttpPerson, route: string, options: { body?: unknown; tenant?: string }) => {
    const [method = '', path = ''] = route.split(' ');
    const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => {
      const id = ids[name];
      if (!id) throw new Error(`No example for {${name}} in ${route}: add one, so that the route is tested.`);
      return id;
    });
    return person.call(method, filled, options);
  };

  const routes: [route: string, body: unknown][] = [
    ...Object.entries(examples).map(([route, { body }]): [string, unknown] => [route, body]),
    ...recordings.map((route): [string, unknown] => [route, undefined]),
  ];

  it('SE-02 AP-01 knows an example of every route of the OpenAPI document that needs somebody', async () => {
    const { paths } = await owners.anna.openApi();
    const operations = Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods as Record<string, { 'x-lyceum-permission': string }>)
        .filter(([, operation]) => operation['x-lyceum-permission'] !== 'public')
        .map(([method]) => `${method.toUpperCase()} ${path.startsWith(prefix) ? path.slice(prefix.length) : path}`),
    );
    expect(operations.sort()).toEqual(routes.map(([route]) => route).sort());
  });

  it('SE-02 answers 404 for every resource of another institution, on every route', async () => {
    const resources = routes.filter(([route]) => route.includes('{'));
    expect(resources.length).toBeGreaterThan(5);
    for (const [route, body] of resources) {
      expect.soft((await call(stranger, route, { body })).status(), route).toBe(404);
    }
  });

  it("SE-02 takes no session of one institution in another's address, on any route", async () => {
    for (const [route, body] of routes) {
      const answer = await call(stranger, route, { body, tenant: place.tenant });
      expect.soft(answer.status(), route).toBe(404);
    }
    // All of that was refused to somebody who is signed in.
    expect((await stranger.call('GET', 'me')).status()).toBe(200);
  });

  // Last of these: it changes, empties and ends what the stranger was refused.
  it('SE-02 gives the owner what it refused the stranger, on every route', async () => {
    for (const [route, { owner, body, status }] of Object.entries(examples)) {
      const answer = await call(owners[owner], route, { body });
      expect.soft(answer.status(), `${route}: ${answer.ok() ? '' : await answer.text()}`).toBe(status);
    }
  });

  it('CF-06 answers 403, not 404, where a person of the institution lacks the permission', async () => {
    expect((await owners.anna.call('GET', 'audit')).status()).toBe(403);
    expect((await owners.ada.call('GET', 'audit')).status()).toBe(200);
  });
});
