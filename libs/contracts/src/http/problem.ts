import { z } from 'zod';

/** RFC 9457 problem details as every Lyceum endpoint and socket sends them; `action` says what the reader can do. */
export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int().min(400).max(599),
  code: z.string(),
  detail: z.string().optional(),
  action: z.string().optional(),
  requestId: z.string().optional(),
  /** Field errors of a 400/422: path in dots, and words for it. */
  issues: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
});
export type Problem = z.infer<typeof problemSchema>;
