import { RoomEntrance, SeatTokens } from '@lyceum/classroom';
import type { ParticipantRole } from '@lyceum/contracts';
import { Audit } from '@lyceum/platform/audit';
import { RequestContext, type Tenant } from '@lyceum/platform/context';
import { Database } from '@lyceum/platform/database';
import { DemoCourses, Sessions } from '@lyceum/scheduling';
import { People } from '@lyceum/tenancy';
import type { INestApplicationContext } from '@nestjs/common';

/** A class of people that exist for a rehearsal only, and what opens their seats. */
export interface RehearsalClass {
  readonly tenant: string;
  readonly sessionId: string;
  readonly roomId: string;
  /** The teacher first, then the students. */
  readonly seats: readonly RehearsalSeat[];
}

export interface RehearsalSeat {
  readonly participantId: string;
  readonly role: ParticipantRole;
  readonly seatToken: string;
}

/** Transactions at once: enough to hide a commit's latency, few enough for the operator's pool of connections. */
const AT_ONCE = 4;

/** People written in one transaction. */
const CHUNK = 200;

/** Makes rehearsal people, a course of their own, a session that starts now, and a seat for each; the room is open. */
export class RehearsalClassMaker {
  constructor(private readonly app: INestApplicationContext) {}

  /** `students` seats beside the teacher's. The audit entry is committed before the first token exists. */
  async make(tenant: Tenant, students: number): Promise<RehearsalClass> {
    const ctx = RequestContext.system(tenant, 'rehearsal');
    const personIds = await this.people(ctx, students + 1);
    const sessionId = await this.session(ctx, personIds);
    const [teacher = '', ...others] = personIds;
    // The teacher alone first: a host's coming opens the room.
    const seats = [await this.seat(tenant, sessionId, teacher)];
    for (let next = 0; next < others.length; next += AT_ONCE) {
      const group = others.slice(next, next + AT_ONCE);
      seats.push(...(await Promise.all(group.map((personId) => this.seat(tenant, sessionId, personId)))));
    }
    return { tenant: tenant.slug, sessionId, roomId: seats[0]?.roomId ?? '', seats: seats.map(withoutRoom) };
  }

  /** They have no account in Keycloak, so nobody can sign in as one of them. Later rehearsals use them again. */
  private async people(ctx: RequestContext, count: number): Promise<string[]> {
    const [database, people] = [this.app.get(Database), this.app.get(People)];
    const ids: string[] = [];
    while (ids.length < count) {
      const chunk = await database.transaction(ctx, 'write', async (tx) => {
        const made: string[] = [];
        for (let number = ids.length; number < Math.min(count, ids.length + CHUNK); number += 1) {
          made.push((await people.ensure(tx, claimsOf(number), false)).id);
        }
        return made;
      });
      ids.push(...chunk);
    }
    return ids;
  }

  private async session(ctx: RequestContext, personIds: readonly string[]): Promise<string> {
    const [database, courses, sessions, audit] = [
      this.app.get(Database),
      this.app.get(DemoCourses),
      this.app.get(Sessions),
      this.app.get(Audit),
    ];
    const size = personIds.length;
    return database.transaction(ctx, 'write', async (tx) => {
      const { courseId } = await courses.ensure(tx, {
        code: `REHEARSAL ${size}`,
        title: `Rehearsal with ${size} robots`,
        term: 'rehearsal',
        timeZone: 'UTC',
        people: personIds.map((personId, index) => ({ personId, role: index === 0 ? 'instructor' : 'student' })),
        sessions: [],
      });
      const startsAt = new Date();
      const { id } = await sessions.create(tx, courseId, {
        title: `Rehearsal of ${startsAt.toISOString()}`,
        startsAt: startsAt.toISOString(),
        endsAt: new Date(startsAt.getTime() + 3_600_000).toISOString(),
        timeZone: 'UTC',
        recorded: false,
      });
      const target = { kind: 'session', id };
      await audit.record(tx, { action: 'rehearsal.seats-issued', target, outcome: 'done', detail: { seats: size } });
      return id;
    });
  }

  private async seat(
    tenant: Tenant,
    sessionId: string,
    personId: string,
  ): Promise<RehearsalSeat & { readonly roomId: string }> {
    const ctx = RequestContext.create({ tenant, actor: { kind: 'person', personId, roles: [] } });
    const { room, participant } = await this.app.get(RoomEntrance).prepare(ctx, sessionId);
    const claims = {
      tenantId: tenant.id,
      roomId: room.id,
      participantId: participant.id,
      epoch: participant.seatEpoch,
    };
    const seatToken = await this.app.get(SeatTokens).issue(claims);
    return { roomId: room.id, participantId: participant.id, role: participant.role, seatToken };
  }
}

const withoutRoom = ({ participantId, role, seatToken }: RehearsalSeat): RehearsalSeat => ({
  participantId,
  role,
  seatToken,
});

/** `number` 0 is the teacher. The subject is no id that Keycloak would give. */
function claimsOf(number: number) {
  const digits = String(number).padStart(4, '0');
  return {
    subject: `rehearsal:${digits}`,
    username: `rehearsal-${digits}`,
    displayName: number === 0 ? 'Rehearsal teacher' : `Rehearsal robot ${digits}`,
    email: null,
    roles: [],
  };
}
