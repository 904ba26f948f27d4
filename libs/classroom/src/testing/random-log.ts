import { randomUUID } from 'node:crypto';
import { EVENT_VERSION, commandTypes, type CommandType, type ParticipantRole, type RoomEvent } from '@lyceum/contracts';
import { openRoom } from '../domain/commands/ending.js';
import type { Decision, Draft } from '../domain/decision.js';
import { advance, emptyFold, type Fold } from '../domain/fold.js';
import { prepare } from '../domain/prepare.js';

export interface Actor {
  readonly id: string;
  readonly role: ParticipantRole;
}

/** Repeatable random numbers in [0, 1) (mulberry32): a failing seed can be run again. */
export function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A log as the handlers would write it, from random commands of random people; refused commands write nothing. */
export class RandomLog {
  readonly events: RoomEvent[] = [];
  readonly roomId = randomUUID();
  readonly cast: readonly Actor[] = (['instructor', 'ta', 'student', 'student', 'student', 'guest'] as const).map(
    (role) => ({ id: randomUUID(), role }),
  );
  private fold: Fold = emptyFold;
  private at = 1_000;

  constructor(private readonly next: () => number) {
    this.append(openRoom(this.roomId, randomUUID()), null);
  }

  get state(): Fold['state'] {
    return this.fold.state;
  }

  /** Appends what `steps` random commands come to; ending the room is left to the caller. */
  run(steps: number): void {
    const types = commandTypes.filter((type) => type !== 'room.end');
    for (let step = 0; step < steps; step += 1) {
      // People are mostly there: otherwise most commands would be refused.
      const joining = this.next() < 0.25;
      this.say(this.pick(this.cast), joining ? 'participant.join' : this.pick(types));
    }
  }

  /** One command with a random payload. Returns whether it was accepted. */
  say(actor: Actor, type: CommandType): boolean {
    try {
      const decision = prepare(type, this.payload(type)).decide({
        roomId: this.roomId,
        state: this.fold.state,
        speaker: { participantId: actor.id, role: actor.role },
        seat: this.fold.state.seats[actor.id] ?? null,
        roleOf: (id) => this.cast.find((other) => other.id === id)?.role ?? null,
        autoRecord: this.next() < 0.5,
        newId: randomUUID,
      });
      this.append(decision, actor.id);
      return true;
    } catch {
      return false;
    }
  }

  private append(decision: Decision, author: string | null): void {
    for (const draft of decision.events) this.appendOne(draft, author);
  }

  private appendOne(draft: Draft, author: string | null): void {
    this.at += Math.floor(this.next() * 1_000);
    const actor = draft.anonymous ? null : author;
    const { type, payload, audience } = draft;
    const number = this.fold.number + 1;
    const event = { number, at: this.at, version: EVENT_VERSION, actor, audience, type, payload } as RoomEvent;
    this.events.push(event);
    this.fold = advance(this.fold, [event]);
  }

  private payload(type: CommandType): unknown {
    const flag = (): boolean => this.next() < 0.5;
    const participantId = this.pick(this.cast).id;
    const pollId = this.pick([...Object.keys(this.fold.state.polls), randomUUID()]);
    const to = this.pick([{ kind: 'room' }, { kind: 'hosts' }, { kind: 'person', participantId }]);
    switch (type) {
      case 'participant.join':
        return { mic: flag(), camera: flag() };
      case 'media.set':
        return { mic: flag(), camera: flag(), screen: flag() };
      case 'chat.send':
        return { text: 'words', to };
      case 'lobby.set':
        return { enabled: flag() };
      case 'poll.open':
        return { question: 'why?', options: ['a', 'b'] };
      case 'poll.answer':
        return { pollId, option: flag() ? 1 : 0 };
      case 'poll.close':
        return { pollId };
      case 'host.set-interpreter':
        return { participantId, interpreter: flag() };
      default:
        return { participantId };
    }
  }

  private pick<T>(from: readonly T[]): T {
    const picked = from[Math.floor(this.next() * from.length)];
    if (picked === undefined) throw new Error('nothing to pick from');
    return picked;
  }
}
