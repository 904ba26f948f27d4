import type { RoomPlace, SeatPriority, TrackSource, WantedRoom } from '@lyceum/contracts';
import { mayForward, servedBy } from '../engine/wanted.js';

/** What is wanted of a room, and which node serves whom, as told last. */
export class RoomPlan {
  private wanted: WantedRoom | undefined;
  private place: RoomPlace | undefined;

  /** `node` is this one. */
  constructor(private readonly node: string) {}

  /** @returns what was wanted before */
  follow(wanted: WantedRoom, place: RoomPlace): WantedRoom | undefined {
    const before = this.wanted;
    this.wanted = wanted;
    this.place = place;
    return before;
  }

  /** Where the room is at home; null when it is here. */
  get home(): RoomPlace['home'] | null {
    return !this.place || this.place.home.node === this.node ? null : this.place.home;
  }

  get version(): number {
    return this.wanted?.version ?? 0;
  }

  get isRecorded(): boolean {
    return this.wanted?.recording != null && !this.wanted.recording.paused;
  }

  /** Those whom this node serves. */
  get people(): string[] {
    return Object.keys(this.wanted?.seats ?? {}).filter((participantId) => this.serves(participantId));
  }

  serves(participantId: string): boolean {
    return !this.place || servedBy(this.place, participantId) === this.node;
  }

  /** May this person know what is published? Not in the lobby. */
  knows(participantId: string): boolean {
    return participantId in (this.wanted?.seats ?? {});
  }

  isPresent(participantId: string): boolean {
    return this.wanted?.seats[participantId]?.present ?? false;
  }

  priorityOf(participantId: string): SeatPriority | null {
    return this.wanted?.seats[participantId]?.priority ?? null;
  }

  mayForward(participantId: string, source: TrackSource): boolean {
    return mayForward(this.wanted?.seats[participantId], source);
  }
}
