import type { ReplayState } from '@lyceum/contracts';
import type { RequestContext } from '@lyceum/platform/context';

/** What recordings know of class sessions. Recording implements it; the application wires it. */
export abstract class ReplayCatalogue {
  /** State of each session that has a replay or soon will; sessions without one are left out. In `ctx`'s transaction. */
  abstract statesOf(ctx: RequestContext, sessionIds: readonly string[]): Promise<ReadonlyMap<string, ReplayState>>;
}

/** Who was there. Classroom implements it; the application wires it. */
export abstract class AttendanceRecord {
  /** Which of the sessions the person was in. In `ctx`'s transaction. */
  abstract attendedBy(
    ctx: RequestContext,
    personId: string,
    sessionIds: readonly string[],
  ): Promise<ReadonlySet<string>>;
}
