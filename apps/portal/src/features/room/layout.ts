import type { ParticipantRole } from '@lyceum/contracts';

export type LayoutMode = 'speaker' | 'gallery';

interface Someone {
  readonly participantId: string;
  readonly role: ParticipantRole;
  readonly isSelf: boolean;
  readonly joinedAt: number;
}
interface Shown {
  readonly trackId: string;
  readonly participantId: string;
  readonly source: string;
}

/** What the stage shows: a shared screen, a person, or nothing (then the tiles are the page). */
export type StageChoice =
  | { readonly kind: 'screen'; readonly trackId: string; readonly participantId: string }
  | { readonly kind: 'person'; readonly participantId: string }
  | { readonly kind: 'none' };

export interface Layout {
  readonly stage: StageChoice;
  /** People below the stage or in the gallery, in an order that doesn't jump when somebody speaks. */
  readonly tiles: readonly string[];
}

/** Teachers and their assistants: first in every list, and the last whose picture is dropped. */
export const isTeaching = ({ role }: Pick<Someone, 'role'>): boolean => role === 'instructor' || role === 'ta';

const rank = (person: Someone): number => (person.role === 'instructor' ? 0 : isTeaching(person) ? 1 : 2);

/** Teachers first, then as they came; equal times by id, so that every browser shows the same order. */
export function tileOrder(people: readonly Someone[]): string[] {
  const ordered = people.toSorted(
    (a, b) => rank(a) - rank(b) || a.joinedAt - b.joinedAt || a.participantId.localeCompare(b.participantId),
  );
  return ordered.map((person) => person.participantId);
}

/**
 * Chooses the stage. A shared screen always wins, the newest of several (the last in `tracks`) or the pinned one; then whom the
 * reader pinned, who speaks or spoke last, a teacher, anyone else, oneself. Never oneself while another can be shown.
 */
export function chooseLayout(input: {
  mode: LayoutMode;
  people: readonly Someone[];
  tracks: readonly Shown[];
  /** Who spoke last, not only who speaks now: the stage doesn't empty in a pause. */
  lastSpeaker: string | null;
  /** A participant or a track id. */
  pinned: string | null;
}): Layout {
  const { mode, people, tracks, lastSpeaker, pinned } = input;
  const order = tileOrder(people);
  const here = new Set(order);
  const screens = tracks.filter((track) => track.source === 'screen' && here.has(track.participantId));
  const screen = screens.find((track) => track.trackId === pinned) ?? screens.at(-1);
  if (screen) {
    return { stage: { kind: 'screen', trackId: screen.trackId, participantId: screen.participantId }, tiles: order };
  }
  const pinnedHere = pinned !== null && here.has(pinned);
  if (mode === 'gallery' && !pinnedHere) return { stage: { kind: 'none' }, tiles: order };
  const self = people.find((person) => person.isSelf)?.participantId ?? null;
  const candidates = [
    pinnedHere ? pinned : null,
    lastSpeaker === self ? null : lastSpeaker,
    ...order.filter((id) => id !== self),
    self,
  ];
  const chosen = candidates.find((id) => id !== null && here.has(id));
  if (!chosen) return { stage: { kind: 'none' }, tiles: order };
  return { stage: { kind: 'person', participantId: chosen }, tiles: order.filter((id) => id !== chosen) };
}

/** Columns that make `count` tiles of 16:9 as large as they can be in a box of `width` × `height` pixels. */
export function galleryColumns(count: number, width: number, height: number, gap = 12): number {
  let best = { columns: 1, tile: 0 };
  for (let columns = 1; columns <= Math.max(1, count); columns += 1) {
    const rows = Math.ceil(count / columns);
    const tile = Math.min((width - gap * (columns - 1)) / columns, (((height - gap * (rows - 1)) / rows) * 16) / 9);
    // Side by side rather than one above the other where it makes no difference one would see.
    if (tile > best.tile * 0.95) best = { columns, tile: Math.max(tile, best.tile) };
  }
  return best.columns;
}

/** Some of many tiles: which ones, from 1, of how many. */
export interface TilePage {
  readonly ids: readonly string[];
  readonly page: number;
  readonly pages: number;
  readonly first: number;
  readonly last: number;
  readonly count: number;
}

/**
 * The tiles of one page, counted from 0; the last page where there are fewer. What fits on one page keeps its order. In a
 * crowd, those with something to see come first: nobody leafs through four hundred initials to find five faces.
 */
export function tilePage(
  tiles: readonly string[],
  size: number,
  page: number,
  hasSomething: (id: string) => boolean,
): TilePage {
  const count = tiles.length;
  const pages = Math.max(1, Math.ceil(count / size));
  const current = Math.min(page, pages - 1);
  const order = pages === 1 ? tiles : [...tiles.filter(hasSomething), ...tiles.filter((id) => !hasSomething(id))];
  const ids = order.slice(current * size, (current + 1) * size);
  const first = count === 0 ? 0 : current * size + 1;
  return { ids, page: current, pages, first, last: current * size + ids.length, count };
}

/** Narrower than this nobody is recognised. */
export const SMALLEST_TILE = 150;
/** More pictures than this at once no laptop decodes while it also encodes one. */
const GALLERY_MAX = 25;

/** How many tiles of the smallest size a gallery of `width` × `height` pixels holds without scrolling. */
export function gallerySize(width: number, height: number, gap = 12): number {
  const fit = (space: number, tile: number) => Math.max(1, Math.floor((space + gap) / (tile + gap)));
  return Math.min(GALLERY_MAX, Math.max(4, fit(width, SMALLEST_TILE) * fit(height, (SMALLEST_TILE * 9) / 16)));
}
