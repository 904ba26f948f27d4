import { Injectable } from '@nestjs/common';
import { Audit } from '@lyceum/platform/audit';
import type { RequestContext } from '@lyceum/platform/context';
import { Sessions } from '@lyceum/scheduling';
import type { Effect } from '../domain/decision.js';
import { refuse } from '../domain/refuse.js';
import { ParticipantRows } from '../persistence/participant-rows.js';
import type { RoomRow } from '../persistence/room-rows.js';
import { VoteRows } from '../persistence/vote-rows.js';

interface Origin {
  readonly speakerId: string | null;
  /** Server clock, ms since the Unix epoch. */
  readonly at: number;
}

/** Does what a decision asks for beside its events, in the same transaction. */
@Injectable()
export class Effects {
  constructor(
    private readonly audit: Audit,
    private readonly votes: VoteRows,
    private readonly participants: ParticipantRows,
    private readonly sessions: Sessions,
  ) {}

  /**
   * `ctx` is the submitter's, inside the transaction; `at` the time of the events. Refusing here refuses the command:
   * nothing of it was appended yet.
   */
  async apply(ctx: RequestContext, room: RoomRow, effect: Effect, { speakerId, at }: Origin): Promise<void> {
    switch (effect.kind) {
      case 'audit': {
        const { action, target } = effect;
        await this.audit.record(ctx, { action, target, outcome: 'done', detail: { roomId: room.id } });
        return;
      }
      case 'revoke-seat':
        return this.participants.revoke(ctx, room.id, effect.participantId);
      case 'vote':
        if (speakerId !== null && (await this.votes.vote(ctx, room.id, effect.pollId, speakerId))) return;
        return refuse('ROOM.POLL_ANSWERED');
      case 'open-room':
        return this.sessions.markLive(ctx, room.sessionId, new Date(at));
      case 'end-room':
        return this.sessions.markEnded(ctx, room.sessionId, new Date(at));
    }
  }
}
