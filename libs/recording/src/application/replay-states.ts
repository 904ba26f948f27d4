import type { ReplayState } from '@lyceum/contracts';
import type { RequestContext } from '@lyceum/platform/context';
import { ReplayCatalogue } from '@lyceum/scheduling';
import { Injectable } from '@nestjs/common';
import { RecordingRows, type RecordingRow } from '../persistence/recording-rows.js';
import { durationOf, overallStatus } from './replays.js';

/** Tells scheduling which sessions can be watched. */
@Injectable()
export class ReplayStates extends ReplayCatalogue {
  constructor(private readonly recordings: RecordingRows) {
    super();
  }

  async statesOf(ctx: RequestContext, sessionIds: readonly string[]): Promise<ReadonlyMap<string, ReplayState>> {
    const bySession = Map.groupBy(await this.recordings.ofSessions(ctx, sessionIds), ({ sessionId }) => sessionId);
    return new Map([...bySession].flatMap(([id, rows]) => stateOf(rows).map((state) => [id, state] as const)));
  }
}

/** Nothing when all of it failed. */
function stateOf(rows: readonly RecordingRow[]): ReplayState[] {
  const status = overallStatus(rows);
  if (status === 'failed') return [];
  if (status !== 'ready') return [{ state: 'preparing', durationMs: null }];
  return [{ state: 'ready', durationMs: Math.round(durationOf(rows, [])) }];
}
