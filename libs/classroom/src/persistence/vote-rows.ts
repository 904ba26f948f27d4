import { Injectable } from '@nestjs/common';
import type { RequestContext } from '@lyceum/platform/context';

/** Rows of `poll_voter`: what makes an anonymous answer count once. */
@Injectable()
export class VoteRows {
  /** Marks that a participant answered a poll; false when they had already. */
  async vote(ctx: RequestContext, roomId: string, pollId: string, participantId: string): Promise<boolean> {
    const rows = await ctx.manager.query<unknown[]>(
      `insert into poll_voter (tenant_id, room_id, poll_id, participant_id) values ($1, $2, $3, $4)
       on conflict do nothing returning participant_id`,
      [ctx.tenant.id, roomId, pollId, participantId],
    );
    return rows.length > 0;
  }
}
