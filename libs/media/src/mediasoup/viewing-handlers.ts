import type { ConsumerDto } from '@lyceum/contracts';
import type { types } from 'mediasoup';
import { sharePriority } from '../engine/share-priority.js';
import { mediaError } from '../errors.js';
import type { PublishedTrack } from './published-track.js';
import type { Handlers } from './request-handlers.js';
import type { RoomMedia } from './room-media.js';
import type { Seat } from './seat.js';
import { Subscription } from './subscription.js';

/** Null when this browser can't decode the track, or it vanished meanwhile. */
async function subscribe(room: RoomMedia, seat: Seat, track: PublishedTrack): Promise<ConsumerDto | null> {
  const { trackId } = track;
  const known = seat.subscriptions.get(trackId);
  if (known && !known.consumer.closed) return known.describe();
  const { rtpCapabilities } = seat;
  if (!rtpCapabilities)
    throw mediaError('MEDIA.BAD_REQUEST', { detail: 'the first consume must tell rtpCapabilities' });
  if (!room.router.canConsume({ producerId: trackId, rtpCapabilities })) return null;
  const consumer = await seat.transport('recv').consume({ producerId: trackId, rtpCapabilities, paused: true });
  // Two requests for one track can meet here: the first to arrive counts.
  const first = seat.subscriptions.get(trackId);
  if (first && !first.consumer.closed) {
    consumer.close();
    return first.describe();
  }
  const subscription = new Subscription(consumer, track, seat.isPresent, room.sound.hasFloor(trackId));
  subscription.setPriority(sharePriority(track.source, room.plan.priorityOf(track.participantId)));
  seat.subscriptions.set(trackId, subscription);
  return subscription.describe();
}

function want(room: RoomMedia, seat: Seat, trackIds: readonly string[], wanted: boolean): void {
  for (const trackId of trackIds) seat.subscriptions.get(trackId)?.setWanted(wanted);
  room.tracks.reviewLayers();
}

export const viewingHandlers: Pick<
  Handlers,
  'consume' | 'resumeConsumer' | 'pauseConsumer' | 'closeConsumer' | 'setPreferredLayers'
> = {
  async consume(room, participantId, { seat: seatId, trackIds, rtpCapabilities }) {
    const seat = room.seats.seat(participantId, seatId);
    if (!room.plan.knows(participantId)) throw mediaError('MEDIA.NOT_ALLOWED');
    if (rtpCapabilities) seat.rtpCapabilities = rtpCapabilities as types.RtpCapabilities;
    const tracks = trackIds.map((trackId) => room.tracks.get(trackId)).filter((track) => track !== undefined);
    const others = tracks.filter((track) => track.participantId !== participantId);
    const consumers = await Promise.all(others.map((track) => subscribe(room, seat, track)));
    return { consumers: consumers.filter((consumer) => consumer !== null) };
  },

  async resumeConsumer(room, participantId, { seat, trackIds }) {
    want(room, room.seats.seat(participantId, seat), trackIds, true);
    return {};
  },

  async pauseConsumer(room, participantId, { seat, trackIds }) {
    want(room, room.seats.seat(participantId, seat), trackIds, false);
    return {};
  },

  async closeConsumer(room, participantId, { seat: seatId, trackIds }) {
    const seat = room.seats.seat(participantId, seatId);
    for (const trackId of trackIds) {
      seat.subscriptions.get(trackId)?.consumer.close();
      seat.subscriptions.delete(trackId);
    }
    room.tracks.reviewLayers();
    return {};
  },

  async setPreferredLayers(room, participantId, { seat, trackId, spatial, temporal }) {
    // A track that was closed while this was on its way is no mistake of the viewer.
    await room.seats.seat(participantId, seat).subscriptions.get(trackId)?.setLayers(spatial, temporal);
    room.tracks.reviewLayers();
    return {};
  },
};
