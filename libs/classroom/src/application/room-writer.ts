import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { RequestContext } from '@lyceum/platform/context';
import { Database } from '@lyceum/platform/database';
import { LyceumError } from '@lyceum/platform/errors';
import type { Decision } from '../domain/decision.js';
import { roomError } from '../domain/errors.js';
import { refuse } from '../domain/refuse.js';
import { BatchReader, type Batch } from './batch-reader.js';
import { BatchStore } from './batch-store.js';
import { Batcher } from './batcher.js';
import { CommitFeed } from './commit-feed.js';
import { Effects } from './effects.js';
import { RoomFolds } from './room-folds.js';
import type { CommandSubmission, Committed, Outcome, Submission, SystemSubmission } from './submission.js';

type Answer = Extract<Outcome, { ok: true }>;

/**
 * The only way to append to a room's log. Commands of a room that wait at the same moment share one transaction, which
 * locks the room's row, numbers the events and stores everything; nobody hears of anything before the commit.
 */
@Injectable()
export class RoomWriter {
  private readonly batcher = new Batcher<Submission, Outcome>((_key, items) => this.work(items));

  constructor(
    private readonly database: Database,
    private readonly reader: BatchReader,
    private readonly effects: Effects,
    private readonly store: BatchStore,
    private readonly folds: RoomFolds,
    private readonly feed: CommitFeed,
  ) {}

  /**
   * Appends what the submission decides, and resolves after the commit with its first result. Rejects with the coded
   * error of a refusal, or with whatever kept the transaction from committing: then the outcome is unknown until the
   * same command id is submitted again.
   */
  async submit(submission: Submission): Promise<Answer> {
    const outcome = await this.batcher.submit(`${submission.ctx.tenant.id}/${submission.roomId}`, submission);
    if (!outcome.ok) throw outcome.error;
    return outcome;
  }

  /** Resolves when nothing is being appended any more: for an orderly stop. */
  idle(): Promise<void> {
    return this.batcher.idle();
  }

  private async work(items: readonly Submission[]): Promise<Outcome[]> {
    const [first] = items;
    if (!first) return [];
    const { roomId } = first;
    const ctx = RequestContext.system(first.ctx.tenant, 'room-writer');
    const { outcomes, committed } = await this.database.transaction(ctx, 'write', (tx) =>
      this.inside(tx, roomId, items),
    );
    if (committed) {
      this.folds.remember(roomId, committed.fold);
      this.feed.tell({ ...committed, ctx });
    }
    return outcomes;
  }

  private async inside(
    tx: RequestContext,
    roomId: string,
    items: readonly Submission[],
  ): Promise<{ outcomes: Outcome[]; committed: Committed | null }> {
    const batch = await this.reader.open(tx, roomId, items);
    if (!batch)
      return { outcomes: items.map(() => ({ ok: false, error: roomError('ROOM.NOT_FOUND') })), committed: null };
    const outcomes: Outcome[] = [];
    for (const item of items) outcomes.push(await this.one(batch, item));
    const { draft, people } = batch;
    await this.store.save(batch);
    if (draft.events.length === 0) return { outcomes, committed: null };
    const texts = new Map(draft.texts.map((text) => [text.id, text.body]));
    return { outcomes, committed: { ctx: tx, roomId, events: draft.events, fold: draft.fold, texts, people } };
  }

  /** A refusal concerns its command alone; a fault concerns the whole transaction and is thrown. */
  private async one(batch: Batch, item: Submission): Promise<Outcome> {
    try {
      return item.kind === 'command' ? await this.command(batch, item) : await this.system(batch, item);
    } catch (error) {
      if (error instanceof LyceumError && error.status < 500) return { ok: false, error };
      throw error;
    }
  }

  private async command(batch: Batch, item: CommandSubmission): Promise<Answer> {
    const { participantId, commandId, command } = item;
    const speaker = batch.people.get(participantId);
    if (!speaker || speaker.removed || speaker.seatEpoch !== item.seatEpoch) return refuse('ROOM.SEAT_INVALID');
    const earlier = batch.known.get(commandId);
    if (earlier) {
      const same = earlier.type === command.type && (earlier.participantId ?? participantId) === participantId;
      return same ? { ok: true, number: earlier.number, result: earlier.result } : refuse('ROOM.COMMAND_ID_TAKEN');
    }
    const { state } = batch.draft.fold;
    const decision = command.decide({
      roomId: item.roomId,
      state,
      speaker: { participantId, role: speaker.role },
      seat: state.seats[participantId] ?? null,
      roleOf: (id) => batch.people.get(id)?.role ?? null,
      autoRecord: batch.room.recorded,
      newId: randomUUID,
    });
    const answer = await this.accept(batch, item, decision, participantId);
    const anonymous = decision.events.some((event) => event.anonymous);
    const row = {
      id: commandId,
      participantId: anonymous ? null : participantId,
      type: command.type,
      number: answer.number,
      result: answer.result,
    };
    batch.known.set(commandId, row);
    batch.fresh.push(row);
    return answer;
  }

  private async system(batch: Batch, item: SystemSubmission): Promise<Answer> {
    const decision = await item.decide(batch.tx, batch.draft.fold);
    if (!decision) return { ok: true, number: batch.draft.fold.number, result: {} };
    return this.accept(batch, item, decision, item.authorId);
  }

  private async accept(batch: Batch, item: Submission, decision: Decision, author: string | null): Promise<Answer> {
    const ctx = item.ctx.withScope(batch.tx.scope);
    const origin = { speakerId: author, at: batch.draft.now };
    for (const effect of decision.effects ?? []) await this.effects.apply(ctx, batch.room, effect, origin);
    return { ok: true, number: batch.draft.accept(decision, author), result: decision.result ?? {} };
  }
}
