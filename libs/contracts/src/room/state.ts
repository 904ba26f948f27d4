import { inAudience, type ParticipantRole, type Viewer } from './audience.js';
import type { MediaIntent, RoomEvent } from './events.js';

/** A seat as the room sees it. Seats of people who left stay, so attendance and names survive a leave. */
export interface Seat {
  readonly participantId: string;
  readonly role: ParticipantRole;
  readonly present: boolean;
  /** Server clock, ms, of the first join. */
  readonly joinedAt: number;
  readonly leftAt: number | null;
  readonly media: MediaIntent;
  /** Interprets, for instance in sign language; stays so when they come back. */
  readonly interpreter: boolean;
  /** Number of the event that raised the hand: the queue's order. Null when it is down. */
  readonly hand: number | null;
}

export interface Poll {
  readonly pollId: string;
  readonly questionTextId: string;
  readonly optionTextIds: readonly string[];
  readonly openedAt: number;
  /** Running counts, seen by hosts; everyone sees them once closed. */
  readonly counts: readonly number[];
  readonly closed: boolean;
}

/** Fold of a room's log. Linear in seats, not in history: chat is a fold of its own (`ChatLog`). */
export interface RoomState {
  readonly sessionId: string | null;
  readonly openedAt: number | null;
  readonly endedAt: number | null;
  readonly seats: Readonly<Record<string, Seat>>;
  readonly lobby: { readonly enabled: boolean; readonly waiting: Readonly<Record<string, { readonly since: number }>> };
  readonly recording: { readonly recordingId: string; readonly paused: boolean; readonly since: number } | null;
  readonly polls: Readonly<Record<string, Poll>>;
}

export const emptyRoom: RoomState = {
  sessionId: null,
  openedAt: null,
  endedAt: null,
  seats: {},
  lobby: { enabled: false, waiting: {} },
  recording: null,
  polls: {},
};

const silent: MediaIntent = { mic: false, camera: false, screen: false };

const closed = (seat: Seat, at: number): Seat => ({ ...seat, present: false, leftAt: at, media: silent, hand: null });

function withSeat(state: RoomState, participantId: string, change: (seat: Seat) => Seat): RoomState {
  const seat = state.seats[participantId];
  return seat ? { ...state, seats: { ...state.seats, [participantId]: change(seat) } } : state;
}

function withoutWaiting(state: RoomState, participantId: string): RoomState {
  const { [participantId]: _gone, ...waiting } = state.lobby.waiting;
  return { ...state, lobby: { ...state.lobby, waiting } };
}

function withPoll(state: RoomState, pollId: string, change: (poll: Poll) => Poll): RoomState {
  const poll = state.polls[pollId];
  return poll ? { ...state, polls: { ...state.polls, [pollId]: change(poll) } } : state;
}

/** The one reducer of api, portal and replay. Pure: reads no clock, tolerates events about seats it never saw. */
export function reduce(state: RoomState, event: RoomEvent): RoomState {
  switch (event.type) {
    case 'room.opened':
      return { ...state, sessionId: event.payload.sessionId, openedAt: event.at };
    case 'room.ended':
      // One event closes every seat: a leave per seat would cost seats × viewers messages.
      return {
        ...state,
        endedAt: event.at,
        recording: null,
        lobby: { ...state.lobby, waiting: {} },
        seats: Object.fromEntries(
          Object.entries(state.seats).map(([id, seat]) => [id, seat.present ? closed(seat, event.at) : seat]),
        ),
      };
    case 'participant.joined': {
      const { participantId, role, media } = event.payload;
      const before = state.seats[participantId];
      const { joinedAt, interpreter } = before ?? { joinedAt: event.at, interpreter: false };
      const seat: Seat = { participantId, role, present: true, joinedAt, leftAt: null, media, interpreter, hand: null };
      return { ...state, seats: { ...state.seats, [participantId]: seat } };
    }
    case 'participant.left':
      return withSeat(state, event.payload.participantId, (seat) => closed(seat, event.at));
    case 'media.changed':
      return withSeat(state, event.payload.participantId, (seat) => ({ ...seat, media: event.payload.media }));
    case 'interpreter.changed': {
      const { participantId, interpreter } = event.payload;
      return withSeat(state, participantId, (seat) => ({ ...seat, interpreter }));
    }
    case 'hand.raised':
      return withSeat(state, event.payload.participantId, (seat) => ({ ...seat, hand: seat.hand ?? event.number }));
    case 'hand.lowered':
      return withSeat(state, event.payload.participantId, (seat) => ({ ...seat, hand: null }));
    case 'chat.posted':
      return state;
    case 'lobby.changed':
      return { ...state, lobby: { ...state.lobby, enabled: event.payload.enabled } };
    case 'lobby.entered': {
      const waiting = { ...state.lobby.waiting, [event.payload.participantId]: { since: event.at } };
      return { ...state, lobby: { ...state.lobby, waiting } };
    }
    case 'lobby.left':
      return withoutWaiting(state, event.payload.participantId);
    case 'recording.started':
      return { ...state, recording: { recordingId: event.payload.recordingId, paused: false, since: event.at } };
    case 'recording.paused':
      return { ...state, recording: state.recording && { ...state.recording, paused: true } };
    case 'recording.resumed':
      return { ...state, recording: state.recording && { ...state.recording, paused: false } };
    case 'recording.stopped':
      return { ...state, recording: null };
    case 'poll.opened': {
      const { pollId, questionTextId, optionTextIds } = event.payload;
      const counts = optionTextIds.map(() => 0);
      const poll: Poll = { pollId, questionTextId, optionTextIds, openedAt: event.at, counts, closed: false };
      return { ...state, polls: { ...state.polls, [pollId]: poll } };
    }
    case 'poll.answered':
      return withPoll(state, event.payload.pollId, (poll) => ({
        ...poll,
        counts: poll.counts.map((count, option) => (option === event.payload.option ? count + 1 : count)),
      }));
    case 'poll.closed':
      return withPoll(state, event.payload.pollId, (poll) => ({ ...poll, counts: event.payload.counts, closed: true }));
  }
}

/** The event if `viewer` may see it, else null. */
export function project(event: RoomEvent, viewer: Viewer): RoomEvent | null {
  return inAudience(event.audience, viewer) ? event : null;
}

/**
 * What `viewer` may know of a state. For every log of a viewer whose admission did not change:
 * fold(project(log)) equals projectState(fold(log)).
 */
export function projectState(state: RoomState, viewer: Viewer): RoomState {
  const host = inAudience({ kind: 'hosts', and: [] }, viewer);
  const mine = Object.entries(state.lobby.waiting).filter(([id]) => host || id === viewer.participantId);
  const lobby = { enabled: state.lobby.enabled, waiting: Object.fromEntries(mine) };
  if (!viewer.admitted) {
    return { ...emptyRoom, sessionId: state.sessionId, openedAt: state.openedAt, endedAt: state.endedAt, lobby };
  }
  const polls = Object.entries(state.polls).map(([id, poll]): [string, Poll] => [
    id,
    host || poll.closed ? poll : { ...poll, counts: poll.optionTextIds.map(() => 0) },
  ]);
  return { ...state, lobby, polls: Object.fromEntries(polls) };
}

/** Seats with a raised hand, first come first. */
export const handQueue = (state: RoomState): Seat[] =>
  Object.values(state.seats)
    .filter((seat) => seat.present && seat.hand !== null)
    .sort((a, b) => (a.hand ?? 0) - (b.hand ?? 0));

export const presentSeats = (state: RoomState): Seat[] => Object.values(state.seats).filter((seat) => seat.present);
