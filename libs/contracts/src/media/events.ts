import { z } from 'zod';
import { mediaTrackSchema, seatPrioritySchema } from './track.js';

const epoch = z.uuid();
const trackId = z.uuid();

/** Payloads of `media-event` frames: what the media engine tells a browser. */
export const mediaEventSchema = z.discriminatedUnion('type', [
  /** All tracks of the room, when a seat first may know them (admitted from the lobby). */
  z.object({ type: z.literal('tracks'), epoch, tracks: z.array(mediaTrackSchema) }),
  z.object({ type: z.literal('track-published'), epoch, track: mediaTrackSchema }),
  z.object({ type: z.literal('track-closed'), epoch, trackId }),
  z.object({ type: z.literal('track-paused'), epoch, trackId }),
  z.object({ type: z.literal('track-resumed'), epoch, trackId }),
  /** Its owner became, or ceased to be, someone whose pictures come first. */
  z.object({ type: z.literal('track-priority'), epoch, trackId, priority: seatPrioritySchema.nullable() }),
  /** To the publisher: the server does (not) hold this track back. Its owner's own mute is another matter. */
  z.object({ type: z.literal('track-held'), epoch, trackId, held: z.boolean() }),
  /** To the publisher: encodings above `highest` (0 is the smallest picture) are watched by nobody and can rest. */
  z.object({ type: z.literal('layers-wanted'), epoch, trackId, highest: z.int().min(0).max(7) }),
  /** To the publisher: somebody began to watch so soon after somebody else that a browser ignores the request for it by RTCP. */
  z.object({ type: z.literal('key-frame-wanted'), epoch, trackId }),
  /**
   * What the path to this browser carries, as the server estimates it, bit/s; told again when that changes by a fifth. Estimates
   * of more than all that a browser could receive are told as that.
   */
  z.object({ type: z.literal('path'), epoch, available: z.int().nonnegative() }),
  /** Null in silence. */
  z.object({ type: z.literal('active-speaker'), epoch, participantId: z.uuid().nullable() }),
  /**
   * The room's media starts anew: prepare again and republish. `epoch` is the new one, null when only the loss is known. `moving`:
   * what there is works for a few seconds more, so there is time to connect to the other first.
   */
  z.object({ type: z.literal('reset'), epoch: epoch.nullable(), moving: z.boolean().optional() }),
  /** This page's seat is closed: another page of the same person took it, or the person was removed. */
  z.object({
    type: z.literal('seat-closed'),
    seat: z.uuid(),
    reason: z.enum(['replaced', 'removed', 'ended', 'lost']),
  }),
]);
export type MediaEvent = z.infer<typeof mediaEventSchema>;

/** Most bytes of one message on the ephemera channel. */
export const MAX_EPHEMERAL_BYTES = 1_024;

/** What a browser sends on its `ephemera` data channel. The server adds who said it; nothing of it is kept. */
export const ephemeralSchema = z.object({
  kind: z.enum(['cursor', 'pointer', 'typing', 'reaction']),
  data: z.record(z.string(), z.union([z.string().max(64), z.number(), z.boolean(), z.null()])),
});
export type Ephemeral = z.infer<typeof ephemeralSchema>;

/** The feed is never silent for longer, so that a browser whose path died knows it by what does not come. */
export const FEED_PULSE_MS = 300;

/** What the room's `feed` data channel carries to everyone present. */
export const feedMessageSchema = z.discriminatedUnion('t', [
  /** Loudness per participant in dBov (RFC 6464: -127 silence … 0 loudest); those not named are silent. */
  z.object({ t: z.literal('levels'), levels: z.record(z.uuid(), z.number()) }),
  z.object({ t: z.literal('ephemeral'), from: z.uuid(), ...ephemeralSchema.shape }),
  /** There was nothing else to say. */
  z.object({ t: z.literal('pulse') }),
]);
export type FeedMessage = z.infer<typeof feedMessageSchema>;
