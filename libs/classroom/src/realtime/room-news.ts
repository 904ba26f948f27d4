import { z } from 'zod';

/** Fan-out channel of all rooms; what is lost on it is caught up from PostgreSQL. */
export const ROOM_CHANNEL = 'rooms';

const newsSchema = z.discriminatedUnion('kind', [
  /** Another process committed up to this number. */
  z.object({ kind: z.literal('head'), roomId: z.uuid(), head: z.int() }),
  /** Another process welcomed a newer socket of this seat. */
  z.object({ kind: z.literal('seat-taken'), roomId: z.uuid(), participantId: z.uuid(), socketId: z.uuid() }),
]);
export type RoomNews = z.infer<typeof newsSchema>;

/** Null for what an older or newer release says in other words. */
export const parseNews = (message: unknown): RoomNews | null => newsSchema.safeParse(message).data ?? null;
