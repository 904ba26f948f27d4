import type { ClassSession, JoinResponse } from '@lyceum/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HttpPerson } from '../robot/http-person.js';
import { applianceUnderTest } from './appliance-under-test.js';

interface Operation {
  readonly method: string;
  readonly path: string;
}

/** Bodies that a route accepts, so that what refuses the stranger is the tenant and not validation. */
const bodies: Record<string, unknown> = {
  'POST courses/{courseId}/sessions': {
    title: 'Not yours',
    startsAt: '2030-01-01T10:00:00Z',
    endsAt: '2030-01-01T11:00:00Z',
    timeZone: 'UTC',
  },
  'PATCH sessions/{sessionId}': { title: 'Not yours' },
  'PUT courses/{courseId}/people/{personId}': { role: 'student' },
};

describe('SE-02 institutions do not see each other', () => {
  const appliance = applianceUnderTest();
  let anna: HttpPerson;
  let ada: HttpPerson;
  let stranger: HttpPerson;
  let ids: Record<string, string>;
  let operations: Operation[];

  beforeAll(async () => {
    [anna, ada, stranger] = await Promise.all([
      HttpPerson.arrive(appliance, appliance.person('northfield', 'anna')),
      HttpPerson.arrive(appliance, appliance.person('northfield', 'ada')),
      HttpPerson.arrive(appliance, appliance.person('southgate', 'sam')),
    ]);
    const courses = await anna.json<{ items: { id: string }[] }>('GET', 'courses');
    const courseId = courses.items[0]?.id ?? '';
    const session = await anna.json<ClassSession>('POST', `courses/${courseId}/sessions`, {
      title: 'Isolation',
      startsAt: '2030-02-01T10:00:00Z',
      endsAt: '2030-02-01T11:00:00Z',
      timeZone: 'UTC',
    });
    const join = await anna.json<JoinResponse>('POST', `sessions/${session.id}/join`);
    const people = await ada.json<{ items: { id: string }[] }>('GET', 'people');
    ids = {
      courseId,
      sessionId: session.id,
      roomId: join.roomId,
      participantId: join.participantId,
      personId: people.items[0]?.id ?? '',
      recordingId: crypto.randomUUID(),
      segmentId: crypto.randomUUID(),
    };
    const document = await anna.openApi();
    operations = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => ({ method: method.toUpperCase(), path })),
    );
  });

  afterAll(() => Promise.all([anna, ada, stranger].map((person) => person?.leave())));

  const prefix = '/t/{tenant}/api/v1/';
  const relative = ({ path }: Operation) => path.slice(prefix.length);
  const filled = (operation: Operation) =>
    relative(operation).replace(/\{(\w+)\}/g, (_, name: string) => {
      const id = ids[name];
      if (!id) throw new Error(`No example for {${name}} in ${operation.path}: add one, so that the route is tested.`);
      return id;
    });

  it('SE-02 answers 404 for every resource of another institution, on every route', async () => {
    const routes = operations.filter(
      ({ path }) => path.startsWith(prefix) && relative({ method: '', path }).includes('{'),
    );
    expect(routes.length).toBeGreaterThan(5);
    for (const route of routes) {
      const body = bodies[`${route.method} ${relative(route)}`] ?? (route.method === 'GET' ? undefined : {});
      const answer = await stranger.call(route.method, filled(route), { body });
      expect.soft(answer.status(), `${route.method} ${route.path}`).toBe(404);
    }
  });

  it('SE-02 gives the owner what it refuses the stranger', async () => {
    for (const path of [
      `courses/${ids['courseId']}`,
      `sessions/${ids['sessionId']}`,
      `courses/${ids['courseId']}/people`,
    ]) {
      expect.soft((await anna.call('GET', path)).status(), path).toBe(200);
      expect.soft((await stranger.call('GET', path)).status(), path).toBe(404);
    }
  });

  it("SE-02 takes no session of one institution in another's address", async () => {
    for (const { method, path } of operations.filter((operation) => operation.path.startsWith(prefix))) {
      if (method !== 'GET' || path.includes('recordings/')) continue;
      const answer = await stranger.call('GET', filled({ method, path }), { tenant: 'northfield' });
      expect.soft([401, 404], `${path} answered ${answer.status()}`).toContain(answer.status());
    }
  });

  it('CF-06 answers 403, not 404, where a person of the institution lacks the permission', async () => {
    expect((await anna.call('GET', 'audit')).status()).toBe(403);
    expect((await ada.call('GET', 'audit')).status()).toBe(200);
  });
});
