import { z } from 'zod';
import { trackSourceSchema } from '../recording/status.js';
import { trackKindSchema } from './rtp.js';

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
});
export type MediaTrack = z.infer<typeof mediaTrackSchema>;
