import { inAudience, type RoomEvent } from '@lyceum/contracts';
import type { LiveSource, SeatViewer } from './live-room.js';

/** Chat messages that a newcomer is shown; older ones are in the replay. */
const SHOWN = 200;

/** Messages kept whoever may see them: enough that a newcomer rarely costs a query of their own. */
const KEPT = 2 * SHOWN;

/** The latest chat of a live room, so that a class that comes in at once reads it once. */
export class ChatTail {
  private events: RoomEvent[] | null = null;
  /** There are older messages than those kept. */
  private cut = false;

  constructor(private readonly source: Pick<LiveSource, 'chat' | 'chatOf'>) {}

  /** Forgets what was kept: the room was not followed for a while. */
  restart(): void {
    this.events = null;
  }

  /** Takes in what was pushed. */
  push(events: readonly RoomEvent[]): void {
    if (!this.events) return;
    this.events.push(...events.filter((event) => event.type === 'chat.posted'));
    if (this.events.length <= KEPT) return;
    this.events = this.events.slice(-KEPT);
    this.cut = true;
  }

  /** The last messages up to `upTo` that `viewer` may see, oldest first. */
  async visibleTo(viewer: SeatViewer, upTo: number): Promise<RoomEvent[]> {
    if (!this.events) {
      this.events = await this.source.chat(upTo, KEPT);
      this.cut = this.events.length === KEPT;
    }
    const visible = this.events.filter((event) => inAudience(event.audience, viewer));
    if (visible.length >= SHOWN || !this.cut) return visible.slice(-SHOWN);
    return this.source.chatOf(upTo, viewer, SHOWN);
  }
}
