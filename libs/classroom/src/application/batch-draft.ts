import { EVENT_VERSION, reduce, type RoomEvent } from '@lyceum/contracts';
import type { Decision, Draft, DraftText } from '../domain/decision.js';
import type { Fold } from '../domain/fold.js';
import type { RoomRow } from '../persistence/room-rows.js';
import type { TextRow } from '../persistence/text-rows.js';

/**
 * What one transaction is going to append to one room: numbers and times are given here, while the room's lock is held.
 * Each decision is folded at once, so that the next command of the batch sees it.
 */
export class BatchDraft {
  readonly events: RoomEvent[] = [];
  readonly texts: TextRow[] = [];
  private current: Fold;
  private opened: number | null;
  private ended: number | null;

  /** `now` (server clock, ms) never runs behind the room's last event, whichever process wrote that one. */
  constructor(
    private readonly row: RoomRow,
    readonly before: Fold,
    now: number,
  ) {
    this.current = before;
    this.opened = row.openedAt;
    this.ended = row.endedAt;
    this.now = Math.max(now, row.lastAt);
  }

  readonly now: number;

  get fold(): Fold {
    return this.current;
  }

  get advanced(): { head: number; lastAt: number; openedAt: number | null; endedAt: number | null } {
    return {
      head: this.current.number,
      lastAt: this.events.length > 0 ? this.now : this.row.lastAt,
      openedAt: this.opened,
      endedAt: this.ended,
    };
  }

  /** Takes a decision in. @returns the number of its last event, or of the room's last one when it has none. */
  accept(decision: Decision, author: string | null): number {
    for (const draft of decision.events) this.append(draft, author);
    for (const text of decision.texts ?? []) this.texts.push(this.text(text, author));
    return this.current.number;
  }

  private append(draft: Draft, author: string | null): void {
    const { type, payload, audience } = draft;
    const number = this.current.number + 1;
    const actor = draft.anonymous ? null : author;
    const event = { number, at: this.now, version: EVENT_VERSION, actor, audience, type, payload } as RoomEvent;
    this.events.push(event);
    this.current = { number, state: reduce(this.current.state, event) };
    if (event.type === 'room.opened') this.opened ??= this.now;
    if (event.type === 'room.ended') this.ended ??= this.now;
  }

  private text(text: DraftText, author: string | null): TextRow {
    return { id: text.id, authorId: author, kind: text.kind, body: text.body };
  }
}
