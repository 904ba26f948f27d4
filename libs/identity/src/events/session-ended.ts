import { z } from 'zod';

/** Fan-out channel; lossy, as all of them: a socket that misses it ends with its seat token. */
export const sessionEndedChannel = 'identity.session-ended';

/** A browser's session is over: sockets of that session say goodbye. */
export const sessionEndedSchema = z.object({
  tenantId: z.uuid(),
  sessionId: z.uuid(),
  personId: z.uuid(),
  reason: z.enum(['logout', 'replaced', 'refused', 'expired']),
});
export type SessionEnded = z.infer<typeof sessionEndedSchema>;
