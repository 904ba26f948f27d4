import { z } from 'zod';

/** One end of a pipe transport (RFC 3711 keys in the clear: the links that carry it are for private networks only). */
export const pipeEndSchema = z.object({
  ip: z.string().max(64),
  port: z.int().min(1).max(65_535),
  srtpParameters: z.object({ cryptoSuite: z.string().max(64), keyBase64: z.string().max(256) }),
});
export type PipeEnd = z.infer<typeof pipeEndSchema>;
