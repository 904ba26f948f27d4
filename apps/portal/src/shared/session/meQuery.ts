import { createLyceumApi } from '@lyceum/sdk/rest';
import { queryOptions } from '@tanstack/react-query';

/** Who is signed in to `tenant`. What is fetched ahead and the pages ask the same question once. */
export const meQuery = (tenant: string) =>
  queryOptions({
    queryKey: [tenant, 'me'],
    queryFn: ({ signal }) => createLyceumApi({ tenant }).me(signal),
    staleTime: 60_000,
    refetchOnWindowFocus: true,
  });
