import { emptyRoom, type ReplayTrack, type RoomState } from '@lyceum/contracts';
import { describe, expect, it } from 'vitest';
import { sceneAt } from './stage.js';

const seat = (participantId: string, role: 'instructor' | 'student', joinedAt: number) => ({
  participantId,
  role,
  joinedAt,
  present: true,
  leftAt: null,
  interpreter: false,
  hand: null,
  media: { mic: true, camera: true, screen: false },
});
const state: RoomState = {
  ...emptyRoom,
  seats: { maya: seat('maya', 'student', 1), anna: seat('anna', 'instructor', 2), tomas: seat('tomas', 'student', 3) },
};
const track = (
  participantId: string,
  source: ReplayTrack['source'],
  startMs: number,
  durationMs: number,
): ReplayTrack => ({
  trackId: `${participantId}-${source}`,
  participantId,
  source,
  kind: 'video',
  segments: [{ id: 'x', startMs, durationMs, mime: '', bytes: 0, url: '', width: null, height: null }],
});

describe('RE-02 what a replay shows', () => {
  it('RE-02 puts the teacher on the stage and the others beside it', () => {
    const scene = sceneAt([track('anna', 'camera', 0, 9_000), track('maya', 'camera', 0, 9_000)], state, 1_000, null);
    expect(scene).toMatchObject({ screen: null, person: 'anna', side: ['maya', 'tomas'] });
  });

  it('RE-02 prefers who can be seen, unless the reader chose', () => {
    const tracks = [track('maya', 'camera', 0, 9_000)];
    expect(sceneAt(tracks, state, 1_000, null).person).toBe('maya');
    expect(sceneAt(tracks, state, 1_000, 'tomas').person).toBe('tomas');
    expect(sceneAt(tracks, state, 9_500, null).person).toBe('anna');
  });

  it('RE-02 gives the stage to the screen that began last, for as long as it lasts', () => {
    const tracks = [track('anna', 'screen', 1_000, 8_000), track('maya', 'screen', 3_000, 2_000)];
    expect(sceneAt(tracks, state, 500, null).screen).toBeNull();
    expect(sceneAt(tracks, state, 2_000, null).screen?.participantId).toBe('anna');
    expect(sceneAt(tracks, state, 4_000, null).screen?.participantId).toBe('maya');
    expect(sceneAt(tracks, state, 6_000, null)).toMatchObject({ person: null, side: ['anna', 'maya', 'tomas'] });
  });

  it('RE-02 shows nothing in an empty room', () => {
    expect(sceneAt([], emptyRoom, 0, null)).toEqual({ screen: null, person: null, side: [] });
  });
});
