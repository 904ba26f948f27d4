import { presentSeats, type ReplayTrack, type RoomState } from '@lyceum/contracts';
import { segmentAt } from './follow.js';

/** What the replay shows at a moment. */
export interface ReplayScene {
  readonly screen: ReplayTrack | null;
  /** On the stage when no screen is; null in an empty room. */
  readonly person: string | null;
  /** People beside the stage, teachers first, in a steady order. */
  readonly side: readonly string[];
}

const rank = (role: string): number => (role === 'instructor' ? 0 : role === 'ta' ? 1 : 2);

/**
 * Chooses what stands on the stage at room time `ms`: the screen that began last, else whom the reader chose, else a teacher
 * who can be seen, else anyone who can be seen, else a teacher.
 */
export function sceneAt(
  tracks: readonly ReplayTrack[],
  state: RoomState,
  ms: number,
  chosen: string | null,
): ReplayScene {
  const playing = tracks.filter((track) => segmentAt(track.segments, ms));
  const begin = (track: ReplayTrack) => segmentAt(track.segments, ms)?.startMs ?? 0;
  const screen =
    playing
      .filter(({ source }) => source === 'screen')
      .toSorted((a, b) => begin(a) - begin(b))
      .at(-1) ?? null;
  const order = presentSeats(state)
    .toSorted(
      (a, b) =>
        rank(a.role) - rank(b.role) || a.joinedAt - b.joinedAt || a.participantId.localeCompare(b.participantId),
    )
    .map(({ participantId }) => participantId);
  if (screen) return { screen, person: null, side: order };
  const seen = new Set(playing.filter(({ source }) => source === 'camera').map(({ participantId }) => participantId));
  const person = order.find((id) => id === chosen) ?? order.find((id) => seen.has(id)) ?? order[0] ?? null;
  return { screen: null, person, side: order.filter((id) => id !== person) };
}
