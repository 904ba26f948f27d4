import { Injectable } from '@nestjs/common';
import type { RequestContext } from '@lyceum/platform/context';

export interface TextRow {
  readonly id: string;
  /** Participant who wrote it. */
  readonly authorId: string | null;
  readonly kind: 'chat' | 'poll';
  readonly body: string;
}

/** Rows of `room_text`: what people wrote, apart from the log; `BatchRows` adds to it. */
@Injectable()
export class TextRows {
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
