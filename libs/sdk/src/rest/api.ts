import {
  auditPageSchema,
  type AuditQuery,
  coursePeopleSchema,
  courseDetailSchema,
  courseListSchema,
  type CourseRole,
  directoryPageSchema,
  homeSchema,
  joinResponseSchema,
  logoutResultSchema,
  meSchema,
  type NewCourse,
  type NewSession,
  type PeopleQuery,
  replaySchema,
  classSessionSchema,
  coursePersonSchema,
  courseSummarySchema,
  type SessionChange,
  sessionDetailSchema,
  tenantListSchema,
} from '@lyceum/contracts';
import { type ApiOptions, send } from './transport.js';

type Signal = AbortSignal | undefined;
const enc = encodeURIComponent;

/** What anyone may ask of an appliance without signing in. */
export function createPlatformApi(options: Omit<ApiOptions, 'tenant'> = {}) {
  const all = { ...options, tenant: '' };
  return {
    /** The institutions one can sign in to. */
    tenants: (signal?: Signal) => send(all, { path: '/api/v1/tenants', response: tenantListSchema, signal }),
  };
}
export type PlatformApi = ReturnType<typeof createPlatformApi>;

/**
 * The REST interface of one institution. Every method resolves with what its contract says and rejects with
 * `LyceumApiError`; reading methods take an AbortSignal last.
 */
export function createLyceumApi(options: ApiOptions) {
  const root = `/t/${enc(options.tenant)}`;
  const base = `${root}/api/v1`;
  const get = <T>(path: string, response: Parameters<typeof send<T>>[1]['response'], signal: Signal, query?: object) =>
    send<T>(options, { path: `${base}/${path}`, response, signal, ...(query ? { query } : {}) });
  const write = <T>(
    method: 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    path: string,
    response: Parameters<typeof send<T>>[1]['response'],
    body?: unknown,
    idempotencyKey?: string,
  ) =>
    send<T>(options, {
      method,
      path: `${base}/${path}`,
      response,
      body,
      ...(idempotencyKey ? { idempotencyKey } : {}),
    });

  return {
    tenant: options.tenant,

    /** Where the browser goes to sign in; it comes back to `returnTo` (a path of this institution). */
    signInUrl: (returnTo: string) => `${root}/auth/login?returnTo=${enc(returnTo)}`,
    /** Ends the session here; the browser then goes to `next` so that Keycloak's ends, too. */
    signOut: () => write('POST', 'auth/logout', logoutResultSchema),
    me: (signal?: Signal) => get('me', meSchema, signal),
    home: (signal?: Signal) => get('home', homeSchema, signal),

    courses: (signal?: Signal) => get('courses', courseListSchema, signal),
    /** The same `key` twice makes one course. */
    createCourse: (course: NewCourse, key: string = crypto.randomUUID()) =>
      write('POST', 'courses', courseSummarySchema, course, key),
    course: (courseId: string, signal?: Signal) => get(`courses/${enc(courseId)}`, courseDetailSchema, signal),
    coursePeople: (courseId: string, signal?: Signal) =>
      get(`courses/${enc(courseId)}/people`, coursePeopleSchema, signal),
    enrol: (courseId: string, personId: string, role: CourseRole) =>
      write('PUT', `courses/${enc(courseId)}/people/${enc(personId)}`, coursePersonSchema, { role }),

    /** The same `key` twice makes one session. */
    createSession: (courseId: string, session: NewSession, key: string = crypto.randomUUID()) =>
      write('POST', `courses/${enc(courseId)}/sessions`, classSessionSchema, session, key),
    session: (sessionId: string, signal?: Signal) => get(`sessions/${enc(sessionId)}`, sessionDetailSchema, signal),
    changeSession: (sessionId: string, change: SessionChange) =>
      write('PATCH', `sessions/${enc(sessionId)}`, sessionDetailSchema, change),

    /** Takes (or finds again) the reader's seat: prepared, not yet present. A host's call opens the room. */
    join: (sessionId: string) => write('POST', `sessions/${enc(sessionId)}/join`, joinResponseSchema),
    replay: (sessionId: string, signal?: Signal) => get(`sessions/${enc(sessionId)}/replay`, replaySchema, signal),

    audit: (query: Partial<AuditQuery>, signal?: Signal) => get('audit', auditPageSchema, signal, query),
    people: (query: Partial<PeopleQuery>, signal?: Signal) => get('people', directoryPageSchema, signal, query),
  };
}
export type LyceumApi = ReturnType<typeof createLyceumApi>;
