import { Injectable } from '@nestjs/common';
import type { RequestContext } from '@lyceum/platform/context';
import { BatchRows } from '../persistence/batch-rows.js';
import { ParticipantRows } from '../persistence/participant-rows.js';
import { SnapshotRows } from '../persistence/snapshot-rows.js';
import type { Batch } from './batch-reader.js';
import type { BatchDraft } from './batch-draft.js';

/** Events between two stored snapshots: bounds what a process reads that has never seen the room. */
const SNAPSHOT_EVERY = 200;

/** Writes a finished batch. */
@Injectable()
export class BatchStore {
  constructor(
    private readonly batches: BatchRows,
    private readonly participants: ParticipantRows,
    private readonly snapshots: SnapshotRows,
  ) {}

  async save({ tx, room, draft, fresh }: Batch): Promise<void> {
    if (draft.events.length === 0 && fresh.length === 0) return;
    const { events, texts, advanced } = draft;
    await this.batches.append(tx, room.id, { events, texts, commands: fresh, ...advanced });
    await this.savePresence(tx, room.id, draft);
    const { number, state } = draft.fold;
    const due = Math.floor(number / SNAPSHOT_EVERY) > Math.floor(draft.before.number / SNAPSHOT_EVERY);
    if (due) await this.snapshots.save(tx, room.id, number, state);
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
