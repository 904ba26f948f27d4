import { isSignedOut, LyceumApiError } from '@lyceum/sdk/rest';
import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';

/** A session that ended while a page was open: whoever noticed, the question "who am I" is asked again. */
function onError(error: Error): void {
  if (isSignedOut(error)) void queryClient.invalidateQueries({ predicate: ({ queryKey }) => queryKey[1] === 'me' });
}

/** Only what may work the next time is tried again: a lost network, a process that restarts. */
function mayRetry(failures: number, error: Error): boolean {
  if (failures >= 3 || !(error instanceof LyceumApiError)) return false;
  return error.failure === 'network' || [502, 503, 504].includes(error.status);
}

export const queryClient = new QueryClient({
  queryCache: new QueryCache({
    onError: (error, query) => {
      if (query.queryKey[1] !== 'me') onError(error);
    },
  }),
  mutationCache: new MutationCache({ onError }),
  defaultOptions: {
    queries: { staleTime: 5_000, retry: mayRetry, retryDelay: (attempt) => Math.min(500 * 2 ** attempt, 4_000) },
  },
});
