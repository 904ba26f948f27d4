import { Injectable } from '@nestjs/common';
import type { RequestContext } from '@lyceum/platform/context';
import { BatchRows } from '../persistence/batch-rows.js';
import type { CommandRow } from '../persistence/command-rows.js';
import type { Participant } from '../persistence/participant-rows.js';
import { RoomRows, type RoomRow } from '../persistence/room-rows.js';
import { BatchDraft } from './batch-draft.js';
import { RoomFolds } from './room-folds.js';
import type { CommandSubmission, Submission } from './submission.js';

/** One batch under way: the locked room and what is known and decided so far. */
export interface Batch {
  readonly tx: RequestContext;
  readonly room: RoomRow;
  readonly draft: BatchDraft;
  /** First results by command id, those of this batch included. */
  readonly known: Map<string, CommandRow>;
  readonly people: ReadonlyMap<string, Participant>;
  /** Commands whose first result is to be stored. */
  readonly fresh: CommandRow[];
}

/** Locks a room and reads what its commands need. */
@Injectable()
export class BatchReader {
  constructor(
    private readonly rooms: RoomRows,
    private readonly folds: RoomFolds,
    private readonly batches: BatchRows,
  ) {}

  /** Null when the tenant has no such room. */
  async open(tx: RequestContext, roomId: string, items: readonly Submission[]): Promise<Batch | null> {
    const room = await this.rooms.lock(tx, roomId);
    if (!room) return null;
    const fold = await this.folds.at(tx, roomId, room.head);
    const commands = items.filter((item): item is CommandSubmission => item.kind === 'command');
    const ids = commands.map((item) => item.commandId);
    const subjects = commands.flatMap((item) => [item.participantId, ...item.command.subjects]);
    const { known, people } = await this.batches.facts(tx, roomId, ids, [...new Set(subjects)]);
    return { tx, room, draft: new BatchDraft(room, fold, Date.now()), known, people, fresh: [] };
  }
}
