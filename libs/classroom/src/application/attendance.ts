import { Injectable } from '@nestjs/common';
import type { RequestContext } from '@lyceum/platform/context';
import { AttendanceRecord } from '@lyceum/scheduling';
import { ParticipantRows } from '../persistence/participant-rows.js';

/** Tells scheduling who was in which class. */
@Injectable()
export class RoomAttendance extends AttendanceRecord {
  constructor(private readonly participants: ParticipantRows) {
    super();
  }

  attendedBy(ctx: RequestContext, personId: string, sessionIds: readonly string[]): Promise<ReadonlySet<string>> {
    return this.participants.attendedBy(ctx, personId, sessionIds);
  }
}
