import { Injectable } from '@nestjs/common';
import { commandResultSchema, type CommandResult } from '@lyceum/contracts';
import type { RequestContext } from '@lyceum/platform/context';

/** First result of a command. `participantId` is null for anonymous ones. */
export interface CommandRow {
  readonly id: string;
  readonly participantId: string | null;
  readonly type: string;
  readonly number: number;
  readonly result: CommandResult;
}

/** Rows of `room_command` and `poll_voter`: what makes commands count once. */
@Injectable()
export class CommandRows {
  async known(ctx: RequestContext, roomId: string, ids: readonly string[]): Promise<Map<string, CommandRow>> {
    if (ids.length === 0) return new Map();
    const rows = await ctx.manager.query<(Omit<CommandRow, 'result'> & { result: unknown })[]>(
      `select id, participant_id as "participantId", type, number, result from room_command
       where tenant_id = $1 and room_id = $2 and id = any($3)`,
      [ctx.tenant.id, roomId, ids],
    );
    return new Map(rows.map((row) => [row.id, { ...row, result: commandResultSchema.parse(row.result) }]));
  }

  async insert(ctx: RequestContext, roomId: string, commands: readonly CommandRow[]): Promise<void> {
    if (commands.length === 0) return;
    await ctx.manager.query(
      `insert into room_command (tenant_id, room_id, id, participant_id, type, number, result)
       select $1, $2, id, "participantId", type, number, result from jsonb_to_recordset($3::jsonb)
         as row (id uuid, "participantId" uuid, type text, number integer, result jsonb)`,
      [ctx.tenant.id, roomId, JSON.stringify(commands)],
    );
  }

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
