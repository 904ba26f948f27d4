import { Injectable } from '@nestjs/common';
import type { References, RoomEvent, RoomState } from '@lyceum/contracts';
import type { RequestContext } from '@lyceum/platform/context';
import { referencedIds, type ReferencedIds } from '../domain/references.js';
import { ParticipantRows } from '../persistence/participant-rows.js';
import { TextRows } from '../persistence/text-rows.js';

/** Looks up the names and texts that events refer to. What was erased is null, so that a client knows not to wait for it. */
@Injectable()
export class RoomReferences {
  constructor(
    private readonly participants: ParticipantRows,
    private readonly texts: TextRows,
  ) {}

  /** For events (and a state) that the viewer may see: ask with what was projected, never with the log itself. */
  async of(ctx: RequestContext, roomId: string, events: readonly RoomEvent[], state?: RoomState): Promise<References> {
    return this.resolve(ctx, roomId, referencedIds(events, state));
  }

  async resolve(ctx: RequestContext, roomId: string, ids: ReferencedIds): Promise<References> {
    const found = await this.participants.findMany(ctx, roomId, [...ids.people]);
    const bodies = await this.texts.bodies(ctx, roomId, [...ids.texts]);
    const references: References = { people: {}, texts: {} };
    for (const id of ids.people) {
      const name = found.get(id)?.name ?? null;
      references.people[id] = name === null ? null : { name };
    }
    for (const id of ids.texts) references.texts[id] = bodies.get(id) ?? null;
    return references;
  }
}
