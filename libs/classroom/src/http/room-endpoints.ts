import { joinResponseSchema } from '@lyceum/contracts';
import { endpoint } from '@lyceum/platform/http';
import { z } from 'zod';

const params = z.object({ sessionId: z.uuid() });

/** Both append to a log in transactions of their own, so the edge opens none. */
export const joinSession = endpoint({
  method: 'POST',
  path: ':sessionId/join',
  permission: 'room.join',
  params,
  response: joinResponseSchema,
  summary: 'Get a seat in the room of a class session; a host opens the room',
  transaction: 'none',
});

export const endSession = endpoint({
  method: 'POST',
  path: ':sessionId/end',
  permission: 'room.end',
  params,
  response: 'none',
  summary: 'End the class for everyone',
  transaction: 'none',
});
