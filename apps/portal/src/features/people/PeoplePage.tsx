import type { DirectoryPerson } from '@lyceum/contracts';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { Avatar, Button, Chip, EmptyState, SearchField, SkeletonRows } from '../../design/index.js';
import { useApi } from '../../shared/api/api.js';
import { useText } from '../../shared/i18n/text.js';
import { useNow } from '../../shared/time/useNow.js';
import { useTimes } from '../../shared/time/useTimes.js';
import { Page, useDocumentTitle } from '../../shared/ui/Page.js';
import { QueryView } from '../../shared/ui/QueryView.js';
import table from '../../shared/ui/Table.module.css';

/** The institution's people, for those who run it. */
export function PeoplePage() {
  const api = useApi();
  const text = useText();
  const [search, setSearch] = useState('');
  const q = useDeferredValue(search.trim());
  useDocumentTitle(text('nav.people'));
  const query = useInfiniteQuery({
    queryKey: [api.tenant, 'people', q],
    queryFn: ({ pageParam, signal }) => api.people({ q: q || undefined, cursor: pageParam }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  });
  return (
    <Page title={text('people.title')} lead={text('people.lead')} wide>
      <div className={table.filters}>
        <div className={table.search}>
          <SearchField label={text('people.find')} value={search} onChange={setSearch} />
        </div>
      </div>
      <QueryView query={query} skeleton={<SkeletonRows label={text('state.loading')} rows={6} />}>
        {({ pages }) => {
          const people = pages.flatMap((page) => page.items);
          if (people.length === 0) {
            return (
              <EmptyState title={text(q ? 'people.nobody' : 'people.none')}>{text('people.none.text')}</EmptyState>
            );
          }
          return (
            <>
              <PeopleTable people={people} />
              {query.hasNextPage && (
                <div className={table.more}>
                  <Button onPress={() => void query.fetchNextPage()} isPending={query.isFetchingNextPage}>
                    {text('list.more')}
                  </Button>
                </div>
              )}
            </>
          );
        }}
      </QueryView>
    </Page>
  );
}

export function PeopleTable({ people }: { people: readonly DirectoryPerson[] }) {
  const text = useText();
  const times = useTimes();
  const now = useNow(60_000);
  return (
    <div className={table.scroll} tabIndex={0} role="region" aria-label={text('people.title')}>
      <table className={table.table}>
        <caption className="sr-only">{text('people.title')}</caption>
        <thead>
          <tr>
            <th scope="col">{text('people.column.name')}</th>
            <th scope="col">{text('people.column.roles')}</th>
            <th scope="col">{text('people.column.email')}</th>
            <th scope="col">{text('people.column.seen')}</th>
          </tr>
        </thead>
        <tbody>
          {people.map((person) => (
            <tr key={person.id}>
              <th scope="row">
                <span className={table.person}>
                  <Avatar name={person.displayName} seed={person.id} />
                  <span>
                    {person.displayName}
                    <small>{person.username}</small>
                  </span>
                </span>
              </th>
              <td data-label={text('people.column.roles')}>
                <span className={table.chips}>
                  {person.roles.map((role) => (
                    <Chip key={role} tone={role === 'admin' ? 'live' : 'plain'}>
                      {text(`role.${role}`)}
                    </Chip>
                  ))}
                </span>
              </td>
              <td data-label={text('people.column.email')}>{person.email ?? text('list.nothing')}</td>
              <td data-label={text('people.column.seen')} className="num">
                {person.lastSeenAt ? times.relative(person.lastSeenAt, now) : text('people.never')}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
