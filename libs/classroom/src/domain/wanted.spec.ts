import { emptyRoom, type MediaIntent, type ParticipantRole, type RoomState, type Seat } from '@lyceum/contracts';
import { describe, expect, it } from 'vitest';
import { wantedFrom } from './wanted.js';

const seat = (
  participantId: string,
  role: ParticipantRole,
  present: boolean,
  media: Partial<MediaIntent> = {},
): Seat => ({
  participantId,
  role,
  present,
  joinedAt: 1,
  leftAt: null,
  media: { mic: false, camera: false, screen: false, ...media },
  interpreter: false,
  hand: null,
});

const open: RoomState = {
  ...emptyRoom,
  sessionId: 's',
  openedAt: 500,
  seats: {
    anna: seat('anna', 'instructor', true, { mic: true, screen: true }),
    maya: seat('maya', 'student', true, { camera: true }),
    gone: seat('gone', 'student', false, { mic: true }),
  },
};

describe('AV-12 what is wanted of media', () => {
  it('is what people who are in the room mean to send', () => {
    expect(wantedFrom('t', 'r', 9, open, [])).toEqual({
      tenantId: 't',
      roomId: 'r',
      version: 9,
      ended: false,
      recording: null,
      seats: {
        anna: { present: true, audio: true, video: false, screen: true, priority: 'teacher' },
        maya: { present: true, audio: false, video: true, screen: false, priority: null },
      },
    });
  });

  it('AV-07 has the interpreter’s picture come before all others, also while they come back', () => {
    const maya = { ...seat('maya', 'ta', true, { camera: true }), interpreter: true };
    const back = { ...seat('gone', 'student', false), interpreter: true };
    const room = { ...open, seats: { ...open.seats, maya, gone: back } };
    const preparing = [{ id: 'gone', role: 'student' as const }];
    expect(wantedFrom('t', 'r', 1, room, preparing).seats).toMatchObject({
      maya: { priority: 'interpreter' },
      gone: { present: false, priority: 'interpreter' },
    });
  });

  it('prepares people at the device check, silent, unless a lobby stands before them', () => {
    const preparing = [
      { id: 'tomas', role: 'student' as const },
      { id: 'per', role: 'ta' as const },
    ];
    const quiet = { present: false, audio: false, video: false, screen: false };
    expect(wantedFrom('t', 'r', 1, open, preparing).seats).toMatchObject({
      tomas: { ...quiet, priority: null },
      per: { ...quiet, priority: 'teacher' },
    });
    const guarded = { ...open, lobby: { enabled: true, waiting: {} } };
    expect(Object.keys(wantedFrom('t', 'r', 1, guarded, preparing).seats).sort()).toEqual(['anna', 'maya', 'per']);
    const waiting = { ...open, lobby: { enabled: false, waiting: { tomas: { since: 1 } } } };
    expect(wantedFrom('t', 'r', 1, waiting, preparing).seats).not.toHaveProperty('tomas');
  });

  it('lets presence win over a device check of the same person', () => {
    expect(wantedFrom('t', 'r', 1, open, [{ id: 'maya', role: 'student' }]).seats.maya?.present).toBe(true);
  });

  it('carries the recording with room time zero, and nothing once the room has ended', () => {
    const recording = { recordingId: 'rec', paused: true, since: 700 };
    expect(wantedFrom('t', 'r', 1, { ...open, recording }, []).recording).toEqual({
      recordingId: 'rec',
      tenantId: 't',
      sessionId: 's',
      roomId: 'r',
      roomOpenedAtMs: 500,
      paused: true,
    });
    const ended = { ...open, seats: {}, endedAt: 900 };
    expect(wantedFrom('t', 'r', 2, ended, [{ id: 'tomas', role: 'student' }])).toMatchObject({
      ended: true,
      seats: {},
      recording: null,
    });
  });
});
