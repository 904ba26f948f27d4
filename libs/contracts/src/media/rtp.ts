import { z } from 'zod';
import { isAudioSource, type TrackSource } from '../recording/status.js';

export const trackKindSchema = z.enum(['audio', 'video']);
export type TrackKind = z.infer<typeof trackKindSchema>;

/** The kind that a source must have. */
export const kindOf = (source: TrackSource): TrackKind => (isAudioSource(source) ? 'audio' : 'video');

const rtcpFeedbackSchema = z.object({ type: z.string().max(32), parameter: z.string().max(32).optional() });

/** RTP send or receive parameters, in ORTC terms as mediasoup uses them. */
export const rtpParametersSchema = z.object({
  mid: z.string().max(64).optional(),
  codecs: z
    .array(
      z.object({
        mimeType: z.string().max(64),
        payloadType: z.int().min(0).max(127),
        clockRate: z.int().positive(),
        channels: z.int().positive().optional(),
        parameters: z.record(z.string(), z.unknown()).optional(),
        rtcpFeedback: z.array(rtcpFeedbackSchema).max(16).optional(),
      }),
    )
    .min(1)
    .max(16),
  headerExtensions: z
    .array(
      z.object({
        uri: z.string().max(256),
        id: z.int().min(1).max(255),
        encrypt: z.boolean().optional(),
        parameters: z.record(z.string(), z.unknown()).optional(),
      }),
    )
    .max(32)
    .optional(),
  encodings: z
    .array(
      z.object({
        ssrc: z.int().nonnegative().optional(),
        rid: z.string().max(16).optional(),
        codecPayloadType: z.int().optional(),
        rtx: z.object({ ssrc: z.int().nonnegative() }).optional(),
        dtx: z.boolean().optional(),
        scalabilityMode: z.string().max(16).optional(),
        maxBitrate: z.number().optional(),
      }),
    )
    .max(8)
    .optional(),
  rtcp: z.object({ cname: z.string().max(256).optional(), reducedSize: z.boolean().optional() }).optional(),
  msid: z.string().max(256).optional(),
});
export type RtpParametersDto = z.infer<typeof rtpParametersSchema>;

/** What a receiver can decode. Unknown fields are dropped, so a newer browser is no reason to refuse. */
export const rtpCapabilitiesSchema = z.object({
  codecs: z
    .array(
      z.object({
        kind: trackKindSchema,
        mimeType: z.string().max(64),
        preferredPayloadType: z.int(),
        clockRate: z.int().positive(),
        channels: z.int().positive().optional(),
        parameters: z.record(z.string(), z.unknown()).optional(),
        rtcpFeedback: z.array(rtcpFeedbackSchema).max(16).optional(),
      }),
    )
    .max(64),
  headerExtensions: z
    .array(
      z.object({
        kind: trackKindSchema,
        uri: z.string().max(256),
        preferredId: z.int(),
        preferredEncrypt: z.boolean().optional(),
        direction: z.enum(['sendrecv', 'sendonly', 'recvonly', 'inactive']).optional(),
      }),
    )
    .max(64),
});
