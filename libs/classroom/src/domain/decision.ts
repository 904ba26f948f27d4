import type {
  Audience,
  CommandPayload,
  CommandResult,
  CommandType,
  EventPayload,
  EventType,
  ParticipantRole,
  RoomState,
  Seat,
} from '@lyceum/contracts';

/** An event before the log gave it a number and a time. Anonymous ones keep no actor. */
export type Draft = {
  [T in EventType]: {
    readonly type: T;
    readonly payload: EventPayload<T>;
    readonly audience: Audience;
    readonly anonymous?: true;
  };
}[EventType];

/** Personal content that an event refers to by id. */
export interface DraftText {
  readonly id: string;
  readonly kind: 'chat' | 'poll';
  readonly body: string;
}

/** What else has to happen in the transaction that appends the events. */
export type Effect =
  | {
      readonly kind: 'audit';
      readonly action: string;
      readonly target: { readonly kind: 'participant' | 'recording' | 'room'; readonly id: string };
    }
  | { readonly kind: 'revoke-seat'; readonly participantId: string }
  /** Marks that the speaker answered, apart from what; a second mark refuses the command. */
  | { readonly kind: 'vote'; readonly pollId: string }
  | { readonly kind: 'open-room' }
  | { readonly kind: 'end-room' };

/** What a command comes to. No events: it was already so. */
export interface Decision {
  readonly events: readonly Draft[];
  readonly texts?: readonly DraftText[];
  readonly effects?: readonly Effect[];
  readonly result?: CommandResult;
}

export interface Speaker {
  readonly participantId: string;
  readonly role: ParticipantRole;
}

/** Everything a handler may look at. Handlers are pure: ids come from `newId`, times from the log. */
export interface Case<T extends CommandType> {
  readonly payload: CommandPayload<T>;
  readonly roomId: string;
  readonly state: RoomState;
  readonly speaker: Speaker;
  /** The speaker's own seat; null before the first join. */
  readonly seat: Seat | null;
  /** Role of anyone who holds a seat token of this room, also before they joined. */
  readonly roleOf: (participantId: string) => ParticipantRole | null;
  /** Whether the class is to be recorded from its first moment. */
  readonly autoRecord: boolean;
  readonly newId: () => string;
}

export type Handler<T extends CommandType> = (given: Case<T>) => Decision;
export type Handlers<T extends CommandType> = { readonly [K in T]: Handler<K> };

/** The decision that changes nothing. */
export const unchanged: Decision = { events: [] };

export const everyone: Audience = { kind: 'everyone' };
export const room: Audience = { kind: 'room' };
/** Hosts, and the one it is about. */
export const hostsAnd = (...participantIds: readonly string[]): Audience => ({
  kind: 'hosts',
  and: [...participantIds],
});
