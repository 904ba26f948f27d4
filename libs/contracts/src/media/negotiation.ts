import { z } from 'zod';
import { trackSourceSchema } from '../recording/status.js';
import { rtpCapabilitiesSchema, rtpParametersSchema, trackKindSchema } from './rtp.js';
import { mediaTrackSchema } from './track.js';

/** Name of the engine in `media` frames; the room treats payloads as opaque. */
export const MEDIASOUP_ENGINE = 'mediasoup';

/** Parameters of ICE and DTLS are made and read by the media libraries of both ends, so they pass unread but bounded. */
const opaqueObject = z.record(z.string(), z.unknown());
const sctpStreamParametersSchema = z.object({
  streamId: z.int().min(0).max(65_535),
  ordered: z.boolean().optional(),
  maxPacketLifeTime: z.int().positive().optional(),
  maxRetransmits: z.int().nonnegative().optional(),
});
const direction = z.enum(['send', 'recv']);

/** Every request but `prepare` names the seat that `prepare` answered with; an old one is refused with MEDIA.SEAT_GONE. */
const seat = z.uuid();
const trackId = z.uuid();

/**
 * Requests of a browser to the media engine. All can be repeated: a repetition answers as the first did.
 * - `prepare`: two transports for this person; replaces those of an earlier page
 * - `restartIce`: the credentials after those with the fragment `using`, which go on to work until the new ones are used. So
 *   they can be fetched in good time, and a restart needs no word to the server
 * - `produce`: the browser picks the track's id; a second track of the same source replaces the first
 * - `consume`: consumers start paused; they run once `resumeConsumer` was said *and* the seat is present
 */
export const mediaRequestSchema = z.discriminatedUnion('op', [
  z.object({ op: z.literal('prepare') }),
  z.object({ op: z.literal('connectTransport'), seat, direction, dtlsParameters: opaqueObject }),
  z.object({ op: z.literal('restartIce'), seat, direction, using: z.string().max(256) }),
  z.object({
    op: z.literal('produce'),
    seat,
    trackId,
    source: trackSourceSchema,
    rtpParameters: rtpParametersSchema,
    /** Publish muted. */
    muted: z.boolean(),
  }),
  z.object({ op: z.literal('pauseProducer'), seat, trackId }),
  z.object({ op: z.literal('resumeProducer'), seat, trackId }),
  z.object({ op: z.literal('closeProducer'), seat, trackId }),
  z.object({ op: z.literal('produceData'), seat, sctpStreamParameters: sctpStreamParametersSchema }),
  z.object({
    op: z.literal('consume'),
    seat,
    trackIds: z.array(trackId).max(500),
    /** Needed with the first `consume` of a seat, remembered after. */
    rtpCapabilities: rtpCapabilitiesSchema.optional(),
  }),
  z.object({ op: z.literal('resumeConsumer'), seat, trackIds: z.array(trackId).max(500) }),
  z.object({ op: z.literal('pauseConsumer'), seat, trackIds: z.array(trackId).max(500) }),
  z.object({ op: z.literal('closeConsumer'), seat, trackIds: z.array(trackId).max(500) }),
  /** Highest layers wanted: spatial from 0 (smallest picture); without `temporal` no limit on frame rate. */
  z.object({
    op: z.literal('setPreferredLayers'),
    seat,
    trackId,
    spatial: z.int().min(0).max(7),
    temporal: z.int().min(0).max(7).optional(),
  }),
  /** The tracks as they are now: said after a socket came back. */
  z.object({ op: z.literal('sync'), seat }),
  /** Selected ICE pair of each transport as the server sees it, for support. */
  z.object({ op: z.literal('stats'), seat }),
]);
export type MediaRequest = z.infer<typeof mediaRequestSchema>;
export type MediaRequestOf<T extends MediaRequest['op']> = Extract<MediaRequest, { op: T }>;

const iceParametersSchema = z.object({
  usernameFragment: z.string(),
  password: z.string(),
  iceLite: z.boolean().optional(),
});

const transportSchema = z.object({
  id: z.string(),
  iceParameters: iceParametersSchema,
  iceCandidates: z.array(opaqueObject),
  dtlsParameters: opaqueObject,
  sctpParameters: opaqueObject,
});
export type TransportDto = z.infer<typeof transportSchema>;

export const preparedSchema = z.object({
  seat: z.uuid(),
  /** Names this incarnation of the room's router; media events of another epoch are not for this seat. */
  epoch: z.uuid(),
  routerRtpCapabilities: opaqueObject,
  send: transportSchema,
  recv: transportSchema,
  /** Data consumer of the room's ephemera on the `recv` transport; consuming it is what connects that transport early. */
  feed: z.object({
    id: z.string(),
    dataProducerId: z.string(),
    sctpStreamParameters: sctpStreamParametersSchema,
    label: z.string(),
  }),
  /** May publish, if only to be held back for now. Who may not (in the lobby) hears `tracks` when they may. */
  admitted: z.boolean(),
  tracks: z.array(mediaTrackSchema),
});
export type Prepared = z.infer<typeof preparedSchema>;

const consumerSchema = z.object({
  id: z.string(),
  trackId: z.uuid(),
  kind: trackKindSchema,
  rtpParameters: rtpParametersSchema,
  producerPaused: z.boolean(),
});
export type ConsumerDto = z.infer<typeof consumerSchema>;

const seenTransport = z.object({ iceState: z.string(), dtlsState: z.string(), protocol: z.string().nullable() });

/** Answer by request. */
export const mediaResponses = {
  prepare: preparedSchema,
  connectTransport: z.object({}),
  restartIce: z.object({ iceParameters: iceParametersSchema }),
  /** `held`: accepted, but not forwarded until the room wants it. */
  produce: z.object({ trackId, held: z.boolean() }),
  pauseProducer: z.object({}),
  resumeProducer: z.object({ held: z.boolean() }),
  closeProducer: z.object({}),
  produceData: z.object({ id: z.string() }),
  /** Tracks that are gone, or that this browser cannot decode, are left out. */
  consume: z.object({ consumers: z.array(consumerSchema) }),
  resumeConsumer: z.object({}),
  pauseConsumer: z.object({}),
  closeConsumer: z.object({}),
  setPreferredLayers: z.object({}),
  sync: preparedSchema.pick({ epoch: true, admitted: true, tracks: true }),
  stats: z.object({ send: seenTransport, recv: seenTransport }),
} as const satisfies Record<MediaRequest['op'], z.ZodType>;
export type MediaResponse<T extends MediaRequest['op']> = z.infer<(typeof mediaResponses)[T]>;
