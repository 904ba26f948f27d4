import type { MediaRequest, MediaRequestOf, MediaResponse } from '@lyceum/contracts';
import type { types } from 'mediasoup';
import { publishingHandlers } from './publishing-handlers.js';
import type { RoomMedia } from './room-media.js';
import { prepareSeat } from './seat-maker.js';
import { viewingHandlers } from './viewing-handlers.js';

export type Handler<T extends MediaRequest['op']> = (
  room: RoomMedia,
  participantId: string,
  request: MediaRequestOf<T>,
) => Promise<MediaResponse<T>>;

export type Handlers = { readonly [T in MediaRequest['op']]: Handler<T> };

const transportHandlers: Pick<Handlers, 'prepare' | 'connectTransport' | 'restartIce' | 'sync' | 'stats'> = {
  async prepare(room, participantId) {
    const seat = await prepareSeat(room, participantId);
    const { id, dataProducerId, sctpStreamParameters, label } = seat.feed;
    if (!sctpStreamParameters) throw new Error('a feed on a WebRTC transport runs over SCTP');
    return {
      seat: seat.id,
      epoch: room.epoch,
      routerRtpCapabilities: { ...room.router.rtpCapabilities },
      send: seat.describeTransport('send'),
      recv: seat.describeTransport('recv'),
      feed: { id, dataProducerId, sctpStreamParameters, label },
      admitted: room.plan.knows(participantId),
      tracks: room.tracks.listFor(participantId),
    };
  },

  async connectTransport(room, participantId, { seat, direction, dtlsParameters }) {
    const transport = room.seats.seat(participantId, seat).transport(direction);
    // A repetition: the first one is under way or done, and DTLS parameters can be given only once.
    if (transport.appData['connecting'] === true) return {};
    transport.appData['connecting'] = true;
    await transport.connect({ dtlsParameters: dtlsParameters as types.DtlsParameters });
    return {};
  },

  async restartIce(room, participantId, { seat, direction, using }) {
    const transport = room.seats.seat(participantId, seat).transport(direction);
    // A repetition, or a browser that never used what it was given: the router keeps only one set besides the last.
    if (transport.iceParameters.usernameFragment !== using) return { iceParameters: { ...transport.iceParameters } };
    return { iceParameters: { ...(await transport.restartIce()) } };
  },

  async sync(room, participantId, { seat }) {
    room.seats.seat(participantId, seat);
    return { epoch: room.epoch, admitted: room.plan.knows(participantId), tracks: room.tracks.listFor(participantId) };
  },

  async stats(room, participantId, request) {
    const seat = room.seats.seat(participantId, request.seat);
    return { send: seat.seen('send'), recv: seat.seen('recv') };
  },
};

export const requestHandlers: Handlers = { ...transportHandlers, ...publishingHandlers, ...viewingHandlers };
