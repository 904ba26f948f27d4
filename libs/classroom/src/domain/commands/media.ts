import { isHost, presentSeats, type MediaIntent } from '@lyceum/contracts';
import { room, unchanged, type Decision, type Draft, type Handlers } from '../decision.js';
import { refuse } from '../refuse.js';

/** `media.changed` of one seat, seen by the room. */
export const mediaChanged = (participantId: string, media: MediaIntent): Draft => ({
  type: 'media.changed',
  payload: { participantId, media },
  audience: room,
});

/**
 * What a participant means to send. One screen is shared at a time: a host takes the stage over, anyone else waits
 * for their turn.
 */
export const media: Handlers<'media.set'> = {
  'media.set': ({ payload, state, speaker, seat }): Decision => {
    if (!seat) return refuse('ROOM.NOT_PRESENT');
    const wanted = {
      mic: payload.mic ?? seat.media.mic,
      camera: payload.camera ?? seat.media.camera,
      screen: payload.screen ?? seat.media.screen,
    };
    const { mic, camera, screen } = seat.media;
    if (wanted.mic === mic && wanted.camera === camera && wanted.screen === screen) return unchanged;
    const events: Draft[] = [];
    if (wanted.screen && !screen) {
      const sharer = presentSeats(state).find((other) => other.media.screen);
      if (sharer && !isHost(speaker.role)) return refuse('ROOM.SHARE_TAKEN');
      if (sharer) events.push(mediaChanged(sharer.participantId, { ...sharer.media, screen: false }));
    }
    events.push(mediaChanged(speaker.participantId, wanted));
    return { events };
  },
};
