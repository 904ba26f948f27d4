import type { DirectoryPerson } from '@lyceum/contracts';
import { useDeferredValue, useState } from 'react';
import { Avatar, Chip, EmptyState, SearchField } from '../../design/index.js';
import { useApi } from '../../shared/api/api.js';
import { useText } from '../../shared/i18n/text.js';
import { useNow } from '../../shared/time/useNow.js';
import { useTimes } from '../../shared/time/useTimes.js';
import { Page, useDocumentTitle } from '../../shared/ui/Page.js';
import { PagedView, usePages } from '../../shared/ui/PagedView.js';
import table from '../../shared/ui/Table.module.css';

/** The institution's people, for those who run it. */
export function PeoplePage() {
  const api = useApi();
  const text = useText();
  const [search, setSearch] = useState('');
  const q = useDeferredValue(search.trim());
  useDocumentTitle(text('nav.people'));
  const query = usePages<DirectoryPerson>([api.tenant, 'people', q], (cursor, signal) =>
    api.people({ q: q || undefined, cursor }, signal),
  );
  return (
    <Page title={text('people.title')} lead={text('people.lead')} wide>
      <div className={table.filters}>
        <div className={table.search}>
          <SearchField label={text('people.find')} value={search} onChange={setSearch} />
        </div>
      </div>
      <PagedView
        query={query}
        rows={6}
        empty={
          <EmptyState title={text(q ? 'people.nobody' : 'people.none')}>
            {text(q ? 'people.nobody.text' : 'people.none.text')}
          </EmptyState>
        }
      >
        {(people) => <PeopleTable people={people} />}
      </PagedView>
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
