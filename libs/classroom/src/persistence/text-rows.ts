import { Injectable } from '@nestjs/common';
import type { RequestContext } from '@lyceum/platform/context';

export interface TextRow {
  readonly id: string;
  /** Participant who wrote it. */
  readonly authorId: string | null;
  readonly kind: 'chat' | 'poll';
  readonly body: string;
}

/** Rows of `room_text`: what people wrote, apart from the log. */
@Injectable()
export class TextRows {
  async insert(ctx: RequestContext, roomId: string, texts: readonly TextRow[]): Promise<void> {
    if (texts.length === 0) return;
    await ctx.manager.query(
      `insert into room_text (tenant_id, room_id, id, author_id, kind, body)
       select $1, $2, id, "authorId", kind, body from jsonb_to_recordset($3::jsonb)
         as row (id uuid, "authorId" uuid, kind text, body text)`,
      [ctx.tenant.id, roomId, JSON.stringify(texts)],
    );
  }

  /** Bodies by id; those that were erased are missing. */
  async bodies(ctx: RequestContext, roomId: string, ids: readonly string[]): Promise<Map<string, string>> {
    if (ids.length === 0) return new Map();
    const rows = await ctx.manager.query<{ id: string; body: string }[]>(
      `select id, body from room_text where tenant_id = $1 and room_id = $2 and id = any($3)`,
      [ctx.tenant.id, roomId, ids],
    );
    return new Map(rows.map((row) => [row.id, row.body]));
  }
}
