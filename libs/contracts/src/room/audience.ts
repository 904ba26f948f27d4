import { z } from 'zod';

/** Roles a participant can hold in a room; instructor and ta are its hosts. */
export const participantRoleSchema = z.enum(['instructor', 'ta', 'student', 'guest']);
export type ParticipantRole = z.infer<typeof participantRoleSchema>;
export const isHost = (role: ParticipantRole): boolean => role === 'instructor' || role === 'ta';

/**
 * Who may see an event.
 * - `everyone`: also people in the lobby or at the device check
 * - `room`: all who were admitted
 * - `hosts`: instructors and TAs, and the people named in `and`
 * - `people`: those named, nobody else (not even hosts)
 */
export const audienceSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('everyone') }),
  z.object({ kind: z.literal('room') }),
  z.object({ kind: z.literal('hosts'), and: z.array(z.uuid()) }),
  z.object({ kind: z.literal('people'), participantIds: z.array(z.uuid()).min(1) }),
]);
export type Audience = z.infer<typeof audienceSchema>;

/** The one who looks: `admitted` is false in the lobby and for those turned away. */
export interface Viewer {
  readonly participantId: string | null;
  readonly role: ParticipantRole;
  readonly admitted: boolean;
}

/** True when `viewer` belongs to `audience`. */
export function inAudience(audience: Audience, viewer: Viewer): boolean {
  const named = (ids: readonly string[]) => viewer.participantId !== null && ids.includes(viewer.participantId);
  switch (audience.kind) {
    case 'everyone':
      return true;
    case 'room':
      return viewer.admitted;
    case 'hosts':
      return (viewer.admitted && isHost(viewer.role)) || named(audience.and);
    case 'people':
      return named(audience.participantIds);
  }
}
