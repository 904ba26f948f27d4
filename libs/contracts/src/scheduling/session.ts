import { z } from 'zod';
import { permissionSchema } from '../permissions.js';
import { courseRoleSchema } from '../roles.js';

/** A class session's life: `planned → live → ended`, or `planned ⇄ cancelled`. */
export const sessionStatuses = ['planned', 'live', 'ended', 'cancelled'] as const;
export const sessionStatusSchema = z.enum(sessionStatuses).meta({ id: 'SessionStatus' });
export type SessionStatus = z.infer<typeof sessionStatusSchema>;

/** An IANA time zone this server knows, such as `Europe/Stockholm`. */
export const timeZoneSchema = z.string().max(64).refine(isTimeZone, 'not a time zone, such as Europe/Stockholm');

function isTimeZone(value: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: value }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** What there is to watch afterwards. `preparing`: recorded, its last pieces are still being put together. */
export const replayStateSchema = z
  .object({ state: z.enum(['preparing', 'ready']), durationMs: z.number().int().nonnegative().nullable() })
  .meta({ id: 'ReplayState' });
export type ReplayState = z.infer<typeof replayStateSchema>;

/** One scheduled meeting of a course. */
export const classSessionSchema = z
  .object({
    id: z.uuid(),
    courseId: z.uuid(),
    /** Its place in the course by time, from 1; cancelled ones have none. */
    number: z.number().int().nullable(),
    title: z.string(),
    startsAt: z.iso.datetime(),
    endsAt: z.iso.datetime(),
    /** Where it was scheduled; readers see their own zone. */
    timeZone: z.string(),
    status: sessionStatusSchema,
    /** Whether the class is to be recorded. */
    recorded: z.boolean(),
    replay: replayStateSchema.nullable(),
  })
  .meta({ id: 'ClassSession' });
export type ClassSession = z.infer<typeof classSessionSchema>;

/** A session outside its course's page. */
export const sessionCardSchema = classSessionSchema
  .extend({
    course: z.object({ id: z.uuid(), code: z.string(), title: z.string(), sessions: z.number().int() }),
    enrolled: z.number().int(),
    myRole: courseRoleSchema.nullable(),
  })
  .meta({ id: 'SessionCard' });
export type SessionCard = z.infer<typeof sessionCardSchema>;

/** `GET sessions/{sessionId}`: with what the reader may do in it. */
export const sessionDetailSchema = sessionCardSchema
  .extend({ permissions: z.array(permissionSchema) })
  .meta({ id: 'SessionDetail' });
export type SessionDetail = z.infer<typeof sessionDetailSchema>;

export const sessionParamsSchema = z.object({ sessionId: z.uuid() });

const editable = {
  title: z.string().trim().min(1).max(200),
  startsAt: z.iso.datetime({ offset: true }),
  endsAt: z.iso.datetime({ offset: true }),
  timeZone: timeZoneSchema,
  recorded: z.boolean(),
};

/** `POST courses/{courseId}/sessions`. It ends after it starts, and within a day. */
export const newSessionSchema = z
  .object({ ...editable, recorded: editable.recorded.default(true) })
  .meta({ id: 'NewSession' });
export type NewSession = z.infer<typeof newSessionSchema>;

/** `PATCH sessions/{sessionId}`. Live and ended are the room's doing; only a planned session moves or is cancelled. */
export const sessionChangeSchema = z
  .object({ ...editable, status: z.enum(['planned', 'cancelled']) })
  .partial()
  .meta({ id: 'SessionChange' });
export type SessionChange = z.infer<typeof sessionChangeSchema>;
