import type { CommandPayload, CommandType, MediaIntent } from '@lyceum/contracts';
import type { RoomView } from './room-store.js';

type Say = <T extends CommandType>(type: T, payload: CommandPayload<T>) => void;

/**
 * Remembers that the person wants to be in the room, and with what: a seat that was lost during an outage is taken again,
 * and whoever waited in the lobby gets the microphone they chose, without anybody clicking twice.
 */
export class Attendance {
  private wanted: MediaIntent | null = null;
  private before: RoomView['you'] = null;

  constructor(private readonly say: Say) {}

  /** Notes what the page asked for. */
  asked(type: CommandType, payload: unknown): void {
    if (type === 'participant.leave') this.wanted = null;
    if (type !== 'participant.join' || typeof payload !== 'object' || payload === null) return;
    const { mic, camera } = { mic: false, camera: false, ...payload };
    this.wanted = { mic, camera, screen: false };
  }

  /** Compares what the server says of the seat with what is wanted. */
  changed({ you, state }: RoomView): void {
    const before = this.before;
    this.before = you;
    // Left, sent away or ended: whatever comes next is the person's own choice.
    if (you?.status === 'gone') this.wanted = null;
    if (!you || !this.wanted) return;
    if (you.status === 'prepared' && before?.status === 'present') return this.takeAgain(this.wanted);
    const seat = state.seats[you.participantId];
    if (you.status === 'present' && before?.status === 'waiting') {
      this.say('media.set', { mic: this.wanted.mic, camera: this.wanted.camera });
    } else if (you.status === 'present' && seat?.present) {
      // Also what a host turned off: a seat that is taken again must not turn it on.
      this.wanted = seat.media;
    }
  }

  /** After a reconnect: takes a lost seat again. */
  welcomed({ you }: RoomView): void {
    this.before = you;
    if (this.wanted && you?.status === 'prepared') this.takeAgain(this.wanted);
  }

  private takeAgain({ mic, camera, screen }: MediaIntent): void {
    this.say('participant.join', { mic, camera });
    if (screen) this.say('media.set', { screen });
  }
}
