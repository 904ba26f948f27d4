import type { LyceumApi } from '@lyceum/sdk/rest';
import { queryOptions } from '@tanstack/react-query';

/** One class session; the room, its page and the replay ask the same question. */
export const sessionQuery = (api: LyceumApi, sessionId: string) =>
  queryOptions({
    queryKey: [api.tenant, 'session', sessionId],
    queryFn: ({ signal }) => api.session(sessionId, signal),
  });
