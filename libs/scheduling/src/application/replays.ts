import type { ReplayState } from '@lyceum/contracts';
import type { RequestContext } from '@lyceum/platform/context';
import { Injectable, Optional } from '@nestjs/common';
import type { SessionRow } from '../persistence/session.queries.js';
import { AttendanceRecord, ReplayCatalogue } from './ports.js';

/** Asks the neighbouring domains about ended sessions; a process without them (the operator's) knows of no replay. */
@Injectable()
export class Replays {
  constructor(
    @Optional() private readonly catalogue?: ReplayCatalogue,
    @Optional() private readonly attendance?: AttendanceRecord,
  ) {}

  async statesOf(ctx: RequestContext, rows: readonly SessionRow[]): Promise<ReadonlyMap<string, ReplayState>> {
    const ended = endedIds(rows);
    if (!this.catalogue || ended.length === 0) return new Map();
    return this.catalogue.statesOf(ctx, ended);
  }

  async attendedBy(ctx: RequestContext, personId: string, rows: readonly SessionRow[]): Promise<ReadonlySet<string>> {
    const ended = endedIds(rows);
    if (!this.attendance || ended.length === 0) return new Set();
    return this.attendance.attendedBy(ctx, personId, ended);
  }
}

const endedIds = (rows: readonly SessionRow[]) => rows.filter((row) => row.status === 'ended').map((row) => row.id);
