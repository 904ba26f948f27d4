import type { ActualRoom } from '@lyceum/contracts';
import { mediaError } from '../errors.js';
import type { Seat } from './seat.js';
import type { Subscription } from './subscription.js';

/** The seats of a room's incarnation: one per person, that of their newest page. */
export class RoomSeats {
  private readonly seats = new Map<string, Seat>();

  get isEmpty(): boolean {
    return this.seats.size === 0;
  }

  /** Ids of those who have one. */
  get people(): string[] {
    return [...this.seats.keys()];
  }

  all(): Iterable<Seat> {
    return this.seats.values();
  }

  of(participantId: string): Seat | undefined {
    return this.seats.get(participantId);
  }

  /** @throws LyceumError MEDIA.SEAT_GONE when the person has no seat, or a newer one than `seatId`. */
  seat(participantId: string, seatId: string): Seat {
    const seat = this.seats.get(participantId);
    if (seat?.id !== seatId) throw mediaError('MEDIA.SEAT_GONE');
    return seat;
  }

  add(seat: Seat): void {
    this.seats.set(seat.participantId, seat);
  }

  /** False when a newer page of the person has taken its place. */
  remove(seat: Seat): boolean {
    return this.seats.get(seat.participantId) === seat && this.seats.delete(seat.participantId);
  }

  /** Ids of those who are in the room now. */
  present(): string[] {
    return [...this.seats.values()].filter(({ isPresent }) => isPresent).map(({ participantId }) => participantId);
  }

  *subscriptionsTo(trackId: string): Generator<Subscription> {
    for (const seat of this.seats.values()) {
      const subscription = seat.subscriptions.get(trackId);
      if (subscription) yield subscription;
    }
  }

  /** The track is gone: nobody publishes it, nobody watches it. */
  forgetTrack(trackId: string): void {
    for (const seat of this.seats.values()) {
      seat.tracks.delete(trackId);
      seat.subscriptions.delete(trackId);
    }
  }

  actual(): ActualRoom['seats'] {
    return Object.fromEntries(
      [...this.seats].map(([id, { connected, isPresent }]) => [id, { connected, present: isPresent }]),
    );
  }

  close(): void {
    for (const seat of this.seats.values()) seat.close();
    this.seats.clear();
  }
}
