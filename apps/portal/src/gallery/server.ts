import type {
  AuditEntry,
  ClassSession,
  CourseDetail,
  CourseSummary,
  Home,
  Me,
  Replay,
  SessionCard,
  SessionDetail,
} from '@lyceum/contracts';
import { anna, cast, maya, tomas, uuid } from './people.js';
import { replayFixture } from './replay.js';

const now = new Date();
const at = (days: number, hour: number, minute = 0) => {
  const day = new Date(now);
  day.setDate(day.getDate() + days);
  day.setHours(hour, minute, 0, 0);
  return day;
};
const inMinutes = (minutes: number) => new Date(now.getTime() + minutes * 60_000);

export const tenant = { slug: 'northfield', name: 'Northfield University', accent: null };
export const me: Me = {
  person: { id: anna.id, displayName: anna.name, username: 'anna', email: 'anna@northfield.example' },
  roles: ['instructor', 'admin'],
  permissions: ['course.view', 'course.create', 'person.list', 'audit.read'],
  tenant,
  sessionExpiresAt: null,
};

const course: CourseSummary = {
  id: uuid(1),
  code: 'Econ 210',
  title: 'Principles of microeconomics',
  term: 'Autumn 2026',
  department: 'Economics',
  myRole: 'instructor',
  enrolled: 34,
  sessions: 14,
};
const seminar: CourseSummary = {
  ...course,
  id: uuid(2),
  code: 'Econ 414',
  title: 'Game theory',
  enrolled: 12,
  sessions: 10,
};
const bio: CourseSummary = {
  ...course,
  id: uuid(3),
  code: 'Stat 101',
  title: 'Thinking in samples',
  myRole: 'student',
  enrolled: 88,
};

function session(number: number, title: string, start: Date, change: Partial<ClassSession> = {}): ClassSession {
  return {
    id: uuid(100 + number),
    courseId: course.id,
    number,
    title,
    startsAt: start.toISOString(),
    endsAt: new Date(start.getTime() + 90 * 60_000).toISOString(),
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    status: 'planned',
    recorded: true,
    replay: null,
    ...change,
  };
}
const ended = (ms: number) => ({ status: 'ended' as const, replay: { state: 'ready' as const, durationMs: ms } });
const timeline: ClassSession[] = [
  session(6, 'Markets and trade', at(-14, 10, 15), ended(5_020_000)),
  session(7, 'Demand', at(-12, 10, 15), { status: 'ended' }),
  session(8, 'Supply and demand', at(-7, 10, 15), ended(5_320_000)),
  session(9, 'Price elasticity', inMinutes(12)),
  session(10, 'Office hours', at(2, 9)),
  session(11, 'Consumer surplus', at(9, 10, 15)),
  session(12, 'Guest lecture', at(11, 10, 15), { status: 'cancelled', number: null }),
];
const card = (item: ClassSession | undefined, of: CourseSummary = course): SessionCard => {
  if (!item) throw new Error('no such fixture');
  return {
    ...item,
    course: { id: of.id, code: of.code, title: of.title, sessions: of.sessions },
    enrolled: of.enrolled,
    myRole: of.myRole,
  };
};
const home: Home = {
  now: now.toISOString(),
  next: card(timeline[3]),
  comingUp: [card(session(3, 'Game theory seminar', at(1, 14)), seminar), card(timeline[4]), card(timeline[5])],
  missed: [card({ ...session(4, 'Sampling and bias', at(-2, 13), ended(3_120_000)), courseId: bio.id }, bio)],
  last: card(timeline[2]),
  courses: [course, seminar, bio],
};
const detail: CourseDetail = {
  ...course,
  permissions: ['course.view', 'session.create', 'session.edit', 'course.people'],
  instructors: [{ id: anna.id, displayName: anna.name }],
  timeline,
};
const sessionDetail: SessionDetail = {
  ...card(timeline[3]),
  permissions: ['session.view', 'session.edit', 'room.open'],
};
const people = cast.map((person, index) => ({
  id: person.id,
  displayName: person.name,
  username: person.name.split(' ')[0]?.toLowerCase() ?? '',
  email: `${person.name.split(' ')[0]?.toLowerCase() ?? ''}@northfield.example`,
  roles: [person.role === 'ta' ? ('student' as const) : person.role],
  department: null,
  lastSeenAt: index === 5 ? null : inMinutes(-index * 190 - 4).toISOString(),
}));
const audit: AuditEntry[] = [
  ['recording.viewed', 'done', anna, 'recording', { segment: 3 }],
  ['room.join', 'denied', maya, 'session', { reason: 'not enrolled' }],
  ['room.opened', 'done', anna, 'room', {}],
  ['recording.started', 'done', anna, 'recording', {}],
  ['access.denied', 'denied', tomas, 'audit', { permission: 'audit.read' }],
  ['session.created', 'done', anna, 'session', { recorded: true }],
].map(([action, outcome, actor, kind, extra], index) => ({
  id: String(900 - index),
  at: inMinutes(-index * 17).toISOString(),
  actor: { kind: 'person', id: (actor as typeof anna).id, name: (actor as typeof anna).name },
  action: action as string,
  target: { kind: kind as string, id: uuid(400 + index) },
  outcome: outcome as AuditEntry['outcome'],
  detail: extra as AuditEntry['detail'],
  requestId: uuid(500 + index),
  linked: true,
}));

const replay: Replay = replayFixture;

/** Answers by the end of the path; whatever is not here is not found, which shows that state, too. */
const answers: readonly (readonly [RegExp, unknown])[] = [
  [/\/api\/v1\/tenants$/u, { items: [tenant, { slug: 'southgate', name: 'Southgate College', accent: '#3b4a7a' }] }],
  [/\/home$/u, home],
  [/\/courses$/u, { items: [course, seminar, bio] }],
  [/\/courses\/[^/]+\/people$/u, { items: cast.map(({ id, name, role }) => ({ id, displayName: name, role })) }],
  [/\/courses\/[^/]+$/u, detail],
  [/\/sessions\/[^/]+\/replay$/u, replay],
  [/\/sessions\/[^/]+$/u, sessionDetail],
  [/\/people$/u, { items: people, nextCursor: 'more' }],
  [/\/audit$/u, { items: audit, nextCursor: null }],
];

/** A server made of fixtures. */
export const fixtureFetch: typeof fetch = async (input) => {
  const path = String(input).split('?')[0] ?? '';
  const found = answers.find(([pattern]) => pattern.test(path));
  const problem = { type: 'about:blank', title: 'Not found', status: 404, code: 'NOT_FOUND', requestId: uuid(1) };
  return new Response(JSON.stringify(found ? found[1] : problem), { status: found ? 200 : 404 });
};
