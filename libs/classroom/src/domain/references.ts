import type { RoomEvent, RoomState } from '@lyceum/contracts';

/** Ids of the people and texts that something shown to a client refers to. */
export interface ReferencedIds {
  readonly people: ReadonlySet<string>;
  readonly texts: ReadonlySet<string>;
}

/** What `events` and, when given, a (projected) `state` refer to. */
export function referencedIds(events: readonly RoomEvent[], state?: RoomState): ReferencedIds {
  const people = new Set<string>();
  const texts = new Set<string>();
  for (const event of events) {
    if (event.actor !== null) people.add(event.actor);
    if ('participantId' in event.payload) people.add(event.payload.participantId);
    if (event.audience.kind === 'people') for (const id of event.audience.participantIds) people.add(id);
    if (event.type === 'chat.posted') texts.add(event.payload.textId);
    if (event.type === 'poll.opened') {
      for (const id of [event.payload.questionTextId, ...event.payload.optionTextIds]) texts.add(id);
    }
  }
  if (state) {
    for (const id of [...Object.keys(state.seats), ...Object.keys(state.lobby.waiting)]) people.add(id);
    for (const poll of Object.values(state.polls)) {
      for (const id of [poll.questionTextId, ...poll.optionTextIds]) texts.add(id);
    }
  }
  return { people, texts };
}
