import type { NewSession } from '@lyceum/contracts';
import type { RequestContext } from '@lyceum/platform/context';
import { Database } from '@lyceum/platform/database';
import type { TestingModule } from '@nestjs/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CourseAccess } from './access/course-access.js';
import { SessionAccess } from './access/session-access.js';
import { Courses } from './application/courses.js';
import { Enrolments } from './application/enrolments.js';
import { HomePages } from './application/home.js';
import { Sessions } from './application/sessions.js';
import {
  institutionForTests,
  neighbours,
  schedulingForTests,
  type InstitutionForTests,
} from './testing/institutions-for-tests.js';

const HOUR_MS = 3_600_000;

describe('scheduling', () => {
  let module: TestingModule;
  let here: InstitutionForTests;
  let there: InstitutionForTests;

  beforeAll(async () => {
    module = await schedulingForTests();
    there = await institutionForTests(module, { ines: 'instructor', leo: 'student' });
  });

  beforeEach(async () => {
    here = await institutionForTests(module, { anna: 'instructor', per: 'ta', maya: 'student', jun: null });
    neighbours.replays.clear();
    neighbours.attended.clear();
  });

  afterAll(() => module.close());

  const write = <T>(ctx: RequestContext, fn: (tx: RequestContext) => Promise<T>) =>
    module.get(Database).transaction(ctx, 'write', fn);

  const plan = (startsInHours: number, title = 'A class'): NewSession => ({
    title,
    startsAt: new Date(Date.now() + startsInHours * HOUR_MS).toISOString(),
    endsAt: new Date(Date.now() + (startsInHours + 1) * HOUR_MS).toISOString(),
    timeZone: 'Europe/Stockholm',
    recorded: true,
  });

  const schedule = (startsInHours: number, title?: string) =>
    write(here.as('anna'), (tx) => module.get(Sessions).create(tx, here.courseId, plan(startsInHours, title)));

  const refusal = (status: number) => expect.objectContaining({ status });

  describe('CF-06 who may', () => {
    const requireCourse = (ctx: RequestContext, id: string, permission: 'course.view' | 'session.create') =>
      write(ctx, (tx) => module.get(CourseAccess).requireCourse(tx, id, permission));
    const requireSession = (ctx: RequestContext, id: string, permission: 'session.view' | 'room.end') =>
      write(ctx, (tx) => module.get(SessionAccess).requireSession(tx, id, permission));

    it('see a course: the enrolled and those who run the institution; nobody else learns that it exists', async () => {
      await expect(requireCourse(here.as('maya'), here.courseId, 'course.view')).resolves.toMatchObject({
        role: 'student',
      });
      await expect(requireCourse(here.as('jun', ['admin']), here.courseId, 'course.view')).resolves.toMatchObject({
        role: null,
      });
      await expect(requireCourse(here.as('jun'), here.courseId, 'course.view')).rejects.toEqual(refusal(404));
      await expect(requireCourse(here.as('jun', ['instructor']), here.courseId, 'course.view')).rejects.toEqual(
        refusal(404),
      );
    });

    it('schedule: instructors of the course and those who run the institution', async () => {
      await expect(requireCourse(here.as('anna'), here.courseId, 'session.create')).resolves.toBeDefined();
      await expect(
        requireCourse(here.as('jun', ['program-manager']), here.courseId, 'session.create'),
      ).resolves.toBeDefined();
      await expect(requireCourse(here.as('per'), here.courseId, 'session.create')).rejects.toEqual(refusal(403));
      await expect(requireCourse(here.as('maya'), here.courseId, 'session.create')).rejects.toEqual(refusal(403));
    });

    it('enter and end a class: by enrolment only, whatever the rank', async () => {
      const { id } = await schedule(1);
      await expect(requireSession(here.as('anna'), id, 'room.end')).resolves.toMatchObject({ role: 'instructor' });
      await expect(requireSession(here.as('per'), id, 'room.end')).rejects.toEqual(refusal(403));
      await expect(requireSession(here.as('jun', ['admin']), id, 'room.end')).rejects.toEqual(refusal(403));
      await expect(requireSession(here.as('jun'), id, 'session.view')).rejects.toEqual(refusal(404));
    });
  });

  describe('SE-02 another institution', () => {
    it('has no courses and sessions for us, not even for its admin', async () => {
      const { id } = await schedule(1);
      const sam = there.as('leo', ['admin']);
      await expect(write(sam, (tx) => module.get(Courses).detail(tx, here.courseId))).rejects.toEqual(refusal(404));
      await expect(write(sam, (tx) => module.get(Courses).people(tx, here.courseId))).rejects.toEqual(refusal(404));
      await expect(write(sam, (tx) => module.get(Sessions).detail(tx, id))).rejects.toEqual(refusal(404));
      await expect(write(sam, (tx) => module.get(Sessions).change(tx, id, { title: 'x' }))).rejects.toEqual(
        refusal(404),
      );
      await expect(write(sam, (tx) => module.get(Sessions).create(tx, here.courseId, plan(1)))).rejects.toEqual(
        refusal(404),
      );
      await expect(write(sam, (tx) => module.get(Sessions).markLive(tx, id, new Date()))).rejects.toEqual(refusal(404));
      const list = await write(sam, (tx) => module.get(Courses).list(tx));
      expect(list.items.map((course) => course.id)).toEqual([there.courseId]);
    });

    it("can't be referred to: neither its people nor its courses", async () => {
      const leo = there.personId('leo');
      const enrol = (tx: RequestContext) => module.get(Enrolments).put(tx, here.courseId, leo, 'student');
      await expect(write(here.as('anna'), enrol)).rejects.toEqual(refusal(404));
      const insert = `insert into enrolment (tenant_id, id, course_id, person_id, role)
                      values (lyceum_tenant(), gen_random_uuid(), $1, $2, 'student')`;
      const sql = (course: string, person: string) =>
        write(here.as('anna'), (tx) => tx.manager.query(insert, [course, person]));
      await expect(sql(here.courseId, leo)).rejects.toThrow(/foreign key/);
      await expect(sql(there.courseId, here.personId('jun'))).rejects.toThrow(/foreign key/);
      await expect(sql(here.courseId, here.personId('jun'))).resolves.toBeDefined();
    });
  });

  describe('CF-11 class sessions', () => {
    it('are numbered by time, leaving out what was cancelled', async () => {
      const [third, first, second] = [await schedule(30), await schedule(1), await schedule(2)];
      const numbers = async () => {
        const { timeline } = await write(here.as('maya'), (tx) => module.get(Courses).detail(tx, here.courseId));
        return timeline.map(({ id, number }) => [id, number]);
      };
      expect(await numbers()).toEqual([
        [first.id, 1],
        [second.id, 2],
        [third.id, 3],
      ]);
      await write(here.as('anna'), (tx) => module.get(Sessions).change(tx, second.id, { status: 'cancelled' }));
      expect(await numbers()).toEqual([
        [first.id, 1],
        [second.id, null],
        [third.id, 2],
      ]);
      await write(here.as('anna'), (tx) => module.get(Sessions).change(tx, second.id, { status: 'planned' }));
      expect(await numbers()).toEqual([
        [first.id, 1],
        [second.id, 2],
        [third.id, 3],
      ]);
    });

    it('AP-01 are made once when the same request comes again, also at the same moment', async () => {
      const id = crypto.randomUUID();
      const create = (title: string) =>
        write(here.as('anna'), (tx) => module.get(Sessions).create(tx, here.courseId, plan(1, title), id));
      const [first, second] = await Promise.all([create('once'), create('once')]);
      expect(second).toEqual(first);
      expect(await create('twice')).toMatchObject({ id, title: 'once' });
      const course = { code: 'Test 2', title: 'Again', term: 'Now' };
      const pm = here.as('jun', ['program-manager']);
      const make = (courseId: string) => write(pm, (tx) => module.get(Courses).create(tx, course, courseId));
      expect((await make(id)).id).toBe(id);
      expect((await make(id)).id).toBe(id);
      await expect(make(crypto.randomUUID())).rejects.toEqual(refusal(409));
    });

    it('must end after they start, within a day', async () => {
      const { startsAt } = plan(1);
      for (const endsAt of [startsAt, plan(0).startsAt, plan(26).endsAt]) {
        const create = (tx: RequestContext) => module.get(Sessions).create(tx, here.courseId, { ...plan(1), endsAt });
        await expect(write(here.as('anna'), create), endsAt).rejects.toEqual(refusal(422));
      }
    });

    it('go live and end once, however often they are told to, and keep their plan from then on', async () => {
      const { id } = await schedule(1);
      const sessions = module.get(Sessions);
      const system = here.as('anna');
      await expect(write(system, (tx) => sessions.markEnded(tx, id, new Date()))).rejects.toEqual(refusal(409));
      for (let i = 0; i < 2; i += 1) await write(system, (tx) => sessions.markLive(tx, id, new Date()));
      const change = (change: Parameters<Sessions['change']>[2]) =>
        write(system, (tx) => sessions.change(tx, id, change));
      await expect(change({ status: 'cancelled' })).rejects.toEqual(refusal(409));
      await expect(change({ startsAt: plan(2).startsAt })).rejects.toEqual(refusal(409));
      await expect(change({ title: 'Another title' })).resolves.toMatchObject({
        title: 'Another title',
        status: 'live',
      });
      for (let i = 0; i < 2; i += 1) await write(system, (tx) => sessions.markEnded(tx, id, new Date()));
      await expect(write(system, (tx) => sessions.markLive(tx, id, new Date()))).rejects.toEqual(refusal(409));
      const audited = await write(system, (tx) =>
        tx.manager.query(
          `select action, count(*)::int as n from audit_entry where target_id = $1 group by 1 order by 1`,
          [id],
        ),
      );
      expect(audited).toEqual(
        ['session.changed', 'session.ended', 'session.live', 'session.scheduled'].map((action) => ({ action, n: 1 })),
      );
    });
  });

  describe('CF-11 home', () => {
    it('shows what is live before what is next, and what was missed', async () => {
      const [past, soon, later, live] = [
        await schedule(-5, 'past'),
        await schedule(1),
        await schedule(5),
        await schedule(8),
      ];
      const sessions = module.get(Sessions);
      await write(here.as('anna'), async (tx) => {
        await sessions.markLive(tx, past.id, new Date());
        await sessions.markEnded(tx, past.id, new Date());
        await sessions.markLive(tx, live.id, new Date());
      });
      neighbours.replays.set(past.id, { state: 'ready', durationMs: 60_000 });
      const home = () => write(here.as('maya'), (tx) => module.get(HomePages).of(tx));
      const first = await home();
      expect(first.next?.id).toBe(live.id);
      expect(first.comingUp.map(({ id }) => id)).toEqual([soon.id, later.id]);
      expect(first.missed).toMatchObject([{ id: past.id, replay: { state: 'ready', durationMs: 60_000 }, number: 1 }]);
      expect(first.last?.id).toBe(past.id);
      neighbours.attended.add(past.id);
      expect((await home()).missed).toEqual([]);
      const jun = await write(here.as('jun', ['admin']), (tx) => module.get(HomePages).of(tx));
      expect(jun).toMatchObject({ next: null, comingUp: [], missed: [], courses: [] });
    });
  });

  describe('CF-06 people of a course', () => {
    it('are enrolled, change their role and leave, but an instructor stays', async () => {
      const enrolments = module.get(Enrolments);
      const roles = async (run: (tx: RequestContext) => ReturnType<Enrolments['put']>) =>
        Object.fromEntries(
          (await write(here.as('anna'), run)).items.map((person) => [person.displayName, person.role]),
        );
      const [jun, anna] = [here.personId('jun'), here.personId('anna')];
      const before = { anna: 'instructor', per: 'ta', maya: 'student' };
      expect(await roles((tx) => enrolments.put(tx, here.courseId, jun, 'student'))).toEqual({
        ...before,
        jun: 'student',
      });
      expect(await roles((tx) => enrolments.put(tx, here.courseId, jun, 'ta'))).toEqual({ ...before, jun: 'ta' });
      expect(await roles((tx) => enrolments.remove(tx, here.courseId, jun))).toEqual(before);
      await expect(roles((tx) => enrolments.remove(tx, here.courseId, jun))).rejects.toEqual(refusal(404));
      await expect(roles((tx) => enrolments.remove(tx, here.courseId, anna))).rejects.toEqual(refusal(409));
      await expect(roles((tx) => enrolments.put(tx, here.courseId, anna, 'student'))).rejects.toEqual(refusal(409));
    });

    it('keep an instructor also when two instructors leave at the same moment', async () => {
      const enrolments = module.get(Enrolments);
      await write(here.as('anna'), (tx) => enrolments.put(tx, here.courseId, here.personId('jun'), 'instructor'));
      const leave = (who: string) =>
        write(here.as(who), (tx) => enrolments.remove(tx, here.courseId, here.personId(who)));
      const outcomes = await Promise.allSettled([leave('anna'), leave('jun')]);
      expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    });
  });
});
