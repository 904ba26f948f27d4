import {
  type InfiniteData,
  keepPreviousData,
  useInfiniteQuery,
  type UseInfiniteQueryResult,
} from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Button, SkeletonRows } from '../../design/index.js';
import { useText } from '../i18n/text.js';
import { QueryView } from './QueryView.js';
import styles from './Table.module.css';

interface PageOf<T> {
  items: readonly T[];
  /** Where the next page begins; null after the last one. */
  nextCursor: string | null;
}
type Pages<T> = UseInfiniteQueryResult<InfiniteData<PageOf<T>>>;

/** A list the server hands out in pages. What stands there stays while another search is on its way. */
export function usePages<T>(
  queryKey: readonly unknown[],
  page: (cursor: string | undefined, signal: AbortSignal) => Promise<PageOf<T>>,
): Pages<T> {
  return useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) => page(pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  });
}

/** Its states: rows that come, an error with a way on, nothing (`empty`), or all rows so far and a way to more. */
export function PagedView<T>({
  query,
  rows,
  empty,
  children,
}: {
  query: Pages<T>;
  /** How many grey rows stand there at first. */
  rows: number;
  empty: ReactNode;
  children: (items: readonly T[]) => ReactNode;
}) {
  const text = useText();
  return (
    <QueryView query={query} skeleton={<SkeletonRows label={text('state.loading')} rows={rows} />}>
      {({ pages }) => {
        const items = pages.flatMap((page) => page.items);
        if (items.length === 0) return empty;
        return (
          <>
            {children(items)}
            {query.hasNextPage && (
              <div className={styles.more}>
                <Button onPress={() => void query.fetchNextPage()} isPending={query.isFetchingNextPage}>
                  {text('list.more')}
                </Button>
              </div>
            )}
          </>
        );
      }}
    </QueryView>
  );
}
