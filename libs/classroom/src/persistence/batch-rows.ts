import { Injectable } from '@nestjs/common';
import { commandResultSchema, type RoomEvent } from '@lyceum/contracts';
import type { RequestContext } from '@lyceum/platform/context';
import type { CommandRow } from './command-rows.js';
import { participantColumns, type Participant } from './participant-rows.js';
import type { TextRow } from './text-rows.js';

/** What commands need to know before they are decided. */
export interface BatchFacts {
  readonly known: Map<string, CommandRow>;
  readonly people: Map<string, Participant>;
}

/** What an append stores. Times are server clock, ms since the Unix epoch. */
export interface BatchRecord {
  readonly events: readonly RoomEvent[];
  readonly texts: readonly TextRow[];
  readonly commands: readonly CommandRow[];
  readonly head: number;
  readonly lastAt: number;
  readonly openedAt: number | null;
  readonly endedAt: number | null;
}

/**
 * The two statements of every batch, however many commands are in it. The room's lock is held between them, so each round
 * trip saved shortens what everybody else in the room waits for.
 */
@Injectable()
export class BatchRows {
  /** First results of commands that were said before, and the people that the batch is about. Ask under the room's lock. */
  async facts(
    ctx: RequestContext,
    roomId: string,
    commandIds: readonly string[],
    participantIds: readonly string[],
  ): Promise<BatchFacts> {
    const [row] = await ctx.manager.query<{ commands: CommandRow[] | null; people: Participant[] | null }[]>(
      `select
         (select json_agg(c) from (select id, participant_id as "participantId", type, number, result from room_command
           where tenant_id = $1 and room_id = $2 and id = any($3)) c) as commands,
         (select json_agg(p) from (select ${participantColumns} from participant
           where tenant_id = $1 and room_id = $2 and id = any($4)) p) as people`,
      [ctx.tenant.id, roomId, commandIds, participantIds],
    );
    const commands = (row?.commands ?? []).map((known) => ({
      ...known,
      result: commandResultSchema.parse(known.result),
    }));
    return {
      known: new Map(commands.map((known) => [known.id, known])),
      people: new Map((row?.people ?? []).map((person) => [person.id, person])),
    };
  }

  /** Stores events, texts and first results, and moves the room's head. */
  async append(ctx: RequestContext, roomId: string, record: BatchRecord): Promise<void> {
    const events = record.events.map((event) => ({ ...event, at: new Date(event.at), actor_id: event.actor }));
    await ctx.manager.query(
      `with event as (
         insert into room_event (tenant_id, room_id, number, at, type, version, actor_id, audience, payload)
         select $1, $2, number, at, type, version, actor_id, audience, payload from jsonb_to_recordset($3::jsonb)
           as e (number integer, at timestamptz, type text, version smallint, actor_id uuid, audience jsonb, payload jsonb)
       ), text as (
         insert into room_text (tenant_id, room_id, id, author_id, kind, body)
         select $1, $2, id, "authorId", kind, body from jsonb_to_recordset($4::jsonb)
           as t (id uuid, "authorId" uuid, kind text, body text)
       ), command as (
         insert into room_command (tenant_id, room_id, id, participant_id, type, number, result)
         select $1, $2, id, "participantId", type, number, result from jsonb_to_recordset($5::jsonb)
           as c (id uuid, "participantId" uuid, type text, number integer, result jsonb)
       )
       update room set head = $6, last_at = $7, opened_at = $8, ended_at = $9 where tenant_id = $1 and id = $2`,
      [
        ctx.tenant.id,
        roomId,
        JSON.stringify(events),
        JSON.stringify(record.texts),
        JSON.stringify(record.commands),
        record.head,
        new Date(record.lastAt),
        date(record.openedAt),
        date(record.endedAt),
      ],
    );
  }
}

const date = (ms: number | null): Date | null => (ms === null ? null : new Date(ms));
