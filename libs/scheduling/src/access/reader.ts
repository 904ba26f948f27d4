import { permissions, type Permission } from '@lyceum/contracts';
import { permissionsOf } from '@lyceum/identity';
import type { RequestContext } from '@lyceum/platform/context';
import { commonError } from '@lyceum/platform/errors';
import type { Reader } from '../persistence/course.queries.js';

/** Nobody's id: what a system actor, who is enrolled in nothing, reads with. */
const NOBODY = '00000000-0000-0000-0000-000000000000';

/** Who acts, and what they may do whatever the course. */
export interface ActingReader extends Reader {
  institution: ReadonlySet<Permission>;
}

/**
 * The actor of `ctx` as a reader of courses. The system (a job, the operator) may do everything.
 * @throws AUTH.REQUIRED for an anonymous actor.
 */
export function readerOf(ctx: RequestContext): ActingReader {
  const { actor } = ctx;
  switch (actor.kind) {
    case 'system':
      return { personId: NOBODY, all: true, institution: new Set(permissions) };
    case 'person': {
      const institution = permissionsOf(actor.roles);
      return { personId: actor.personId, all: institution.has('course.view'), institution };
    }
    case 'participant':
      // A seat token carries no roles of the institution, so only the enrolment counts.
      return { personId: actor.personId, all: false, institution: new Set() };
    case 'anonymous':
      throw commonError('AUTH.REQUIRED');
  }
}
