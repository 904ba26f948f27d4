import { Injectable } from '@nestjs/common';
import type { RequestContext } from '@lyceum/platform/context';
import { CommandRows, type CommandRow } from '../persistence/command-rows.js';
import { EventRows } from '../persistence/event-rows.js';
import { ParticipantRows } from '../persistence/participant-rows.js';
import { RoomRows } from '../persistence/room-rows.js';
import { SnapshotRows } from '../persistence/snapshot-rows.js';
import { TextRows } from '../persistence/text-rows.js';
import type { BatchDraft } from './batch-draft.js';

/** Events between two stored snapshots: bounds what a process reads that has never seen the room. */
const SNAPSHOT_EVERY = 200;

/** Writes a finished batch, a statement per table however many commands are in it. */
@Injectable()
export class BatchStore {
  constructor(
    private readonly rooms: RoomRows,
    private readonly events: EventRows,
    private readonly commands: CommandRows,
    private readonly texts: TextRows,
    private readonly participants: ParticipantRows,
    private readonly snapshots: SnapshotRows,
  ) {}

  async save(tx: RequestContext, roomId: string, draft: BatchDraft, commands: readonly CommandRow[]): Promise<void> {
    if (draft.events.length > 0) {
      await this.events.append(tx, roomId, draft.events);
      await this.rooms.advance(tx, roomId, draft.advanced);
      await this.savePresence(tx, roomId, draft);
      await this.texts.insert(tx, roomId, draft.texts);
      const { number, state } = draft.fold;
      const due = Math.floor(number / SNAPSHOT_EVERY) > Math.floor(draft.before.number / SNAPSHOT_EVERY);
      if (due) await this.snapshots.save(tx, roomId, number, state);
    }
    await this.commands.insert(tx, roomId, commands);
  }

  private async savePresence(tx: RequestContext, roomId: string, draft: BatchDraft): Promise<void> {
    const moved = new Set<string>();
    for (const event of draft.events) {
      if (event.type === 'room.ended') return this.participants.clearPresent(tx, roomId);
      if (event.type === 'participant.joined' || event.type === 'participant.left') {
        moved.add(event.payload.participantId);
      }
    }
    const { seats } = draft.fold.state;
    const here = [...moved].filter((id) => seats[id]?.present);
    const away = [...moved].filter((id) => !seats[id]?.present);
    await this.participants.setPresent(tx, roomId, here, true);
    await this.participants.setPresent(tx, roomId, away, false);
  }
}
