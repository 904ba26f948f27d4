import { PathWatch } from './path-watch.js';
import type { RoomMedia } from './room-media.js';
import { Seat } from './seat.js';

/** First guess of a viewer's bandwidth, bit/s, so that the first picture is not the smallest; then estimation takes over. */
const INITIAL_OUTGOING = 1_500_000;
/** Simulcast of a 720p camera and a screen, bit/s; more is a faulty or hostile sender. */
const MAX_INCOMING = 8_000_000;

/** Makes the two transports of a person's page and gives it the person's seat. */
export async function prepareSeat(room: RoomMedia, participantId: string): Promise<Seat> {
  const create = () =>
    room.router.createWebRtcTransport({
      webRtcServer: room.server,
      enableUdp: true,
      enableTcp: true,
      preferUdp: true,
      enableSctp: true,
      initialAvailableOutgoingBitrate: INITIAL_OUTGOING,
    });
  const [send, recv] = await Promise.all([create(), create()]);
  const path = new PathWatch((available) => room.tell([participantId], { type: 'path', epoch: room.epoch, available }));
  recv.on('trace', (trace) => path.traced(trace));
  await Promise.all([send.setMaxIncomingBitrate(MAX_INCOMING), recv.enableTraceEvent(['bwe'])]);
  const feed = await room.feed.subscribe(recv, true);
  const seat: Seat = new Seat(participantId, { send, recv }, feed, {
    changed: () => room.seatChanged(),
    lost: () => {
      if (!seat.isClosed) room.closeSeat(participantId, 'lost');
    },
  });
  room.addSeat(seat);
  return seat;
}
