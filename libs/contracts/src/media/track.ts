import { z } from 'zod';
import { trackSourceSchema } from '../recording/status.js';
import { trackKindSchema } from './rtp.js';

/**
 * Whose pictures come first when a path doesn't carry all: those who teach; and interpreters, whose picture is what others'
 * voices are.
 */
export const seatPrioritySchema = z.enum(['teacher', 'interpreter']);
export type SeatPriority = z.infer<typeof seatPrioritySchema>;

/** A published track as others see it. It lives from publication to unpublication; muting keeps it. */
export const mediaTrackSchema = z.object({
  trackId: z.uuid(),
  participantId: z.uuid(),
  source: trackSourceSchema,
  kind: trackKindSchema,
  /** Nothing is forwarded now: muted by its owner, or held because the room does not want it. */
  paused: z.boolean(),
  /** Simulcast encodings, lowest first; 1 for audio and small video. */
  encodings: z.int().min(1).max(8),
  /** Of its owner. */
  priority: seatPrioritySchema.nullable().default(null),
});
export type MediaTrack = z.infer<typeof mediaTrackSchema>;
