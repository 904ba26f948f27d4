import type { Role } from '@lyceum/contracts';

/**
 * Who acts. `sessionId` is the id of the session's row, never the cookie's value: it appears in logs and in the audit
 * trail. A `participant` is a seat in a room that came with a seat token.
 */
export type Actor =
  | { kind: 'person'; personId: string; sessionId?: string; roles: readonly Role[] }
  | { kind: 'participant'; personId: string; participantId: string; roomId: string }
  | { kind: 'system'; name: string }
  | { kind: 'anonymous' };

/** Ids of an actor for logs and audit entries: no names, no addresses. */
export function actorIds(actor: Actor): { kind: Actor['kind']; id?: string; session?: string } {
  switch (actor.kind) {
    case 'person':
      return { kind: 'person', id: actor.personId, ...(actor.sessionId !== undefined && { session: actor.sessionId }) };
    case 'participant':
      return { kind: 'participant', id: actor.personId, session: actor.participantId };
    case 'system':
      return { kind: 'system', id: actor.name };
    case 'anonymous':
      return { kind: 'anonymous' };
  }
}
