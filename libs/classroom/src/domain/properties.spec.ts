import { project, projectState, roomEventSchema, type RoomEvent, type Viewer } from '@lyceum/contracts';
import { describe, expect, it } from 'vitest';
import { RandomLog, random } from '../testing/random-log.js';
import { endRoom } from './commands/ending.js';
import { advance, emptyFold } from './fold.js';

const seeds = Array.from({ length: 40 }, (_unused, index) => index + 1);

function logOf(seed: number): RandomLog {
  const log = new RandomLog(random(seed));
  log.run(250);
  return log;
}

/** Folds without looking at numbers: a projection skips some. */
const foldProjected = (events: readonly RoomEvent[]) =>
  advance(
    emptyFold,
    events.map((event, index) => ({ ...event, number: index + 1 })),
  ).state;

/** Hands are ordered by number, which renumbering changes; only their order has to be the same. */
const comparable = (state: ReturnType<typeof foldProjected>) => ({
  ...state,
  seats: Object.fromEntries(
    Object.entries(state.seats).map(([id, seat]) => [
      id,
      {
        ...seat,
        hand:
          seat.hand === null
            ? null
            : Object.values(state.seats).filter((other) => other.hand !== null && other.hand < (seat.hand ?? 0)).length,
      },
    ]),
  ),
});

describe('AV-01 the log of a room', () => {
  it.each(seeds)('folds, once projected, to the projected fold (seed %i)', (seed) => {
    const log = logOf(seed);
    const viewers: Viewer[] = [
      ...log.cast.map(({ id, role }) => ({ participantId: id, role, admitted: true })),
      ...log.cast.map(({ id, role }) => ({ participantId: id, role, admitted: false })),
      { participantId: null, role: 'student', admitted: true },
    ];
    const { state } = advance(emptyFold, log.events);
    expect(log.events.length).toBeGreaterThan(50);
    for (const viewer of viewers) {
      const seen = log.events.filter((event) => project(event, viewer) !== null);
      expect(comparable(foldProjected(seen))).toEqual(comparable(projectState(state, viewer)));
    }
  });

  it.each(seeds)('is the same from a stored snapshot as from the start (seed %i)', (seed) => {
    const { events } = logOf(seed);
    const cut = Math.floor(events.length / 2);
    const half = advance(emptyFold, events.slice(0, cut));
    const stored = { number: half.number, state: JSON.parse(JSON.stringify(half.state)) as typeof half.state };
    expect(advance(stored, events.slice(cut))).toEqual(advance(emptyFold, events));
    // What was read already is harmless, what is missing is noticed.
    expect(advance(stored, events)).toEqual(advance(emptyFold, events));
    expect(() => advance(stored, events.slice(cut + 1))).toThrow('can not follow');
  });

  it('holds only what the contract allows, and no author of an answer', () => {
    const events = seeds.flatMap((seed) => logOf(seed).events);
    for (const event of events) expect(roomEventSchema.parse(event)).toEqual(event);
    const answers = events.filter((event) => event.type === 'poll.answered');
    expect(answers.length).toBeGreaterThan(0);
    for (const answer of answers) {
      expect(answer.actor).toBeNull();
      expect(Object.keys(answer.payload).sort()).toEqual(['option', 'pollId']);
    }
    const seen = new Set(events.map((event) => event.type));
    for (const type of ['chat.posted', 'lobby.entered', 'hand.lowered', 'recording.paused', 'poll.closed'] as const) {
      expect(seen).toContain(type);
    }
  });

  it('closes every seat with the one event that ends the room', () => {
    const log = logOf(7);
    const before = advance(emptyFold, log.events);
    const drafts = endRoom(log.roomId, before.state, 'host').events;
    const ended = drafts.map(
      (draft, index) =>
        ({ ...draft, number: before.number + index + 1, at: 9_999_999, version: 1, actor: null }) as RoomEvent,
    );
    const { state } = advance(before, ended);
    expect(state).toMatchObject({ endedAt: 9_999_999, recording: null, lobby: { waiting: {} } });
    for (const seat of Object.values(state.seats)) {
      expect(seat.present).toBe(false);
      expect(seat.leftAt).not.toBeNull();
      expect(Object.values(seat.media)).toEqual([false, false, false]);
    }
  });
});
