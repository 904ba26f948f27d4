import {
  type ChatMessage,
  emptyRoom,
  reduce,
  reduceChat,
  type References,
  type Replay,
  type RoomEvent,
  type RoomState,
} from '@lyceum/contracts';

export interface Moment {
  /** Room time, ms. */
  readonly at: number;
  readonly kind: 'joined' | 'hand' | 'screen' | 'paused' | 'resumed' | 'poll';
  readonly participantId: string | null;
  readonly key: string;
}

/** A shared screen, from when to when: the stretches that the track shows above its line. */
export interface Stretch {
  readonly key: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly participantId: string;
}

/** The room's log as something one can look into at any moment. */
export interface History {
  stateAt(ms: number): RoomState;
  /** Messages written until `ms`, oldest first. */
  chatUntil(ms: number): readonly ChatMessage[];
  readonly chat: readonly ChatMessage[];
  readonly moments: readonly Moment[];
  readonly stretches: readonly Stretch[];
  nameOf(participantId: string): string | null;
  textOf(textId: string): string | null;
}

/** Index of the last element that is at or before `ms`; −1 for none. `times` ascend. */
export function lastAt(times: readonly number[], ms: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] ?? Infinity) <= ms) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Folds once, with the same reducer as the live room; looking into it costs a search. */
export function createHistory(
  replay: Pick<Replay, 'events' | 'openedAt' | 'references' | 'tracks' | 'durationMs'>,
): History {
  const { events, openedAt } = replay;
  const references: References = replay.references;
  const times = events.map((event) => event.at - openedAt);
  const states: RoomState[] = [];
  let state = emptyRoom;
  let chat: readonly ChatMessage[] = [];
  for (const event of events) {
    state = reduce(state, event);
    chat = reduceChat(chat, event);
    states.push(state);
  }
  const chatTimes = chat.map((message) => message.at - openedAt);
  return {
    stateAt: (ms) => states[lastAt(times, ms)] ?? emptyRoom,
    chatUntil: (ms) => chat.slice(0, lastAt(chatTimes, ms) + 1),
    chat,
    moments: momentsOf(events, openedAt),
    stretches: replay.tracks
      .filter((track) => track.source === 'screen')
      .flatMap((track) => {
        const first = track.segments[0];
        const last = track.segments.at(-1);
        if (!first || !last) return [];
        return [
          {
            key: track.trackId,
            startMs: first.startMs,
            endMs: last.startMs + last.durationMs,
            participantId: track.participantId,
          },
        ];
      })
      .toSorted((a, b) => a.startMs - b.startMs),
    nameOf: (id) => references.people[id]?.name ?? null,
    textOf: (id) => references.texts[id] ?? null,
  };
}

function momentsOf(events: readonly RoomEvent[], openedAt: number): Moment[] {
  const seen = new Set<string>();
  const sharing = new Set<string>();
  return events.flatMap((event): Moment[] => {
    const moment = (kind: Moment['kind'], participantId: string | null): Moment[] => [
      { at: Math.max(0, event.at - openedAt), kind, participantId, key: String(event.number) },
    ];
    switch (event.type) {
      case 'participant.joined': {
        const { participantId } = event.payload;
        if (seen.has(participantId)) return [];
        seen.add(participantId);
        return moment('joined', participantId);
      }
      case 'hand.raised':
        return moment('hand', event.payload.participantId);
      case 'media.changed': {
        const { participantId, media } = event.payload;
        const began = media.screen && !sharing.has(participantId);
        if (media.screen) sharing.add(participantId);
        else sharing.delete(participantId);
        return began ? moment('screen', participantId) : [];
      }
      case 'recording.paused':
        return moment('paused', null);
      case 'recording.resumed':
        return moment('resumed', null);
      case 'poll.opened':
        return moment('poll', null);
      default:
        return [];
    }
  });
}
