import { auditOutcomes, type AuditOutcome } from '@lyceum/contracts';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { RefreshCw } from 'lucide-react';
import { useDeferredValue } from 'react';
import { useSearchParams } from 'react-router';
import { Button, EmptyState, SearchField, Select, SkeletonRows, TextField } from '../../design/index.js';
import { useApi } from '../../shared/api/api.js';
import { useText } from '../../shared/i18n/text.js';
import { readerZone } from '../../shared/time/format.js';
import { Page, useDocumentTitle } from '../../shared/ui/Page.js';
import { QueryView } from '../../shared/ui/QueryView.js';
import table from '../../shared/ui/Table.module.css';
import { AuditTable } from './AuditTable.js';
import { auditQuery, readFilter, writeFilter } from './filter.js';

/** What happened in the institution, newest first. The filter lives in the address, so that a finding can be linked. */
export function AuditPage() {
  const api = useApi();
  const text = useText();
  const [params, setParams] = useSearchParams();
  const filter = readFilter(params);
  const asked = useDeferredValue(auditQuery(filter, readerZone()));
  useDocumentTitle(text('nav.audit'));
  const query = useInfiniteQuery({
    queryKey: [api.tenant, 'audit', asked],
    queryFn: ({ pageParam, signal }) => api.audit({ ...asked, cursor: pageParam }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  });
  const change = (part: Partial<typeof filter>) => setParams(writeFilter({ ...filter, ...part }), { replace: true });
  const outcomes = [
    { id: 'any' as const, label: text('audit.outcome.any') },
    ...auditOutcomes.map((id) => ({ id, label: text(`audit.outcome.${id}`) })),
  ];
  return (
    <Page
      title={text('audit.title')}
      lead={text('audit.lead')}
      wide
      actions={
        <Button icon={RefreshCw} onPress={() => void query.refetch()} isPending={query.isRefetching}>
          {text('audit.refresh')}
        </Button>
      }
    >
      <div className={table.filters}>
        <div className={table.search}>
          <SearchField label={text('audit.find')} value={filter.q} onChange={(q) => change({ q })} />
        </div>
        <TextField
          label={text('audit.filter.action')}
          value={filter.action}
          onChange={(action) => change({ action })}
        />
        <Select<AuditOutcome | 'any'>
          label={text('audit.filter.outcome')}
          options={outcomes}
          value={filter.outcome ?? 'any'}
          onChange={(outcome) => change({ outcome: outcome === 'any' ? null : outcome })}
        />
        <TextField
          type="date"
          label={text('audit.filter.from')}
          value={filter.from}
          onChange={(from) => change({ from })}
        />
        <TextField type="date" label={text('audit.filter.to')} value={filter.to} onChange={(to) => change({ to })} />
      </div>
      <QueryView query={query} skeleton={<SkeletonRows label={text('state.loading')} rows={8} />}>
        {({ pages }) => {
          const entries = pages.flatMap((page) => page.items);
          if (entries.length === 0) {
            return <EmptyState title={text('audit.none')}>{text('audit.none.text')}</EmptyState>;
          }
          return (
            <>
              <AuditTable entries={entries} />
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
