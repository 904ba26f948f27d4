import { mediaError } from '../errors.js';
import { produceTrack } from './producing.js';
import { PublishedTrack } from './published-track.js';
import type { Handlers } from './request-handlers.js';
import type { RoomMedia } from './room-media.js';
import type { Seat } from './seat.js';

/** @throws LyceumError MEDIA.NO_TRACK for a track that is not this seat's own. */
function ownTrack(room: RoomMedia, participantId: string, seatId: string, trackId: string): PublishedTrack {
  const track = room.seats.seat(participantId, seatId).tracks.get(trackId);
  if (!track) throw mediaError('MEDIA.NO_TRACK');
  return track;
}

/** One track per source: a second one replaces the first (another camera, a repeated request after a lost answer). */
function replaceSameSource(room: RoomMedia, seat: Seat, source: PublishedTrack['source']): void {
  for (const track of [...seat.tracks.values()]) if (track.source === source) room.tracks.close(seat, track.trackId);
}

export const publishingHandlers: Pick<
  Handlers,
  'produce' | 'pauseProducer' | 'resumeProducer' | 'closeProducer' | 'produceData'
> = {
  async produce(room, participantId, { seat: seatId, trackId, source, rtpParameters, muted }) {
    const seat = room.seats.seat(participantId, seatId);
    const known = seat.tracks.get(trackId);
    if (known) return { trackId, held: known.isHeld };
    const held = !room.plan.mayForward(participantId, source);
    // A prepared seat may publish, held, so that all is negotiated at the click on Join; one in the lobby may not.
    if (!room.plan.knows(participantId)) throw mediaError('MEDIA.NOT_ALLOWED');
    replaceSameSource(room, seat, source);
    const paused = muted || held;
    const producer = await produceTrack(seat.transport('send'), room.sound, { trackId, source, rtpParameters, paused });
    // The seat may have been closed meanwhile; its transport then took the producer along.
    if (seat.isClosed) throw mediaError('MEDIA.SEAT_GONE');
    const { epoch } = room;
    const askOwner = () => room.tell([participantId], { type: 'key-frame-wanted', epoch, trackId });
    const track = new PublishedTrack(producer, participantId, source, { muted, held }, null, askOwner);
    room.tracks.open(seat, track);
    return { trackId, held: track.isHeld };
  },

  async pauseProducer(room, participantId, { seat, trackId }) {
    room.tracks.setMuted(ownTrack(room, participantId, seat, trackId), true);
    return {};
  },

  async resumeProducer(room, participantId, { seat, trackId }) {
    const track = ownTrack(room, participantId, seat, trackId);
    room.tracks.setMuted(track, false);
    return { held: track.isHeld };
  },

  async closeProducer(room, participantId, { seat, trackId }) {
    room.tracks.close(room.seats.seat(participantId, seat), trackId);
    return {};
  },

  async produceData(room, participantId, { seat: seatId, sctpStreamParameters }) {
    const seat = room.seats.seat(participantId, seatId);
    seat.ephemera?.close();
    const producer = await seat.transport('send').produceData({ sctpStreamParameters, label: 'ephemera' });
    seat.ephemera = producer;
    await room.feed.listen(
      producer,
      () => seat.isPresent,
      (said) => room.hear({ t: 'ephemeral', from: participantId, ...said }),
    );
    return { id: producer.id };
  },
};
