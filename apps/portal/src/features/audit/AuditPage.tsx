import { type AuditEntry, auditOutcomes, type AuditOutcome } from '@lyceum/contracts';
import { RefreshCw } from 'lucide-react';
import { useDeferredValue } from 'react';
import { useSearchParams } from 'react-router';
import { Button, EmptyState, SearchField, Select, TextField } from '../../design/index.js';
import { useApi } from '../../shared/api/api.js';
import { useText } from '../../shared/i18n/text.js';
import { readerZone } from '../../shared/time/format.js';
import { Page, useDocumentTitle } from '../../shared/ui/Page.js';
import { PagedView, usePages } from '../../shared/ui/PagedView.js';
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
  const query = usePages<AuditEntry>([api.tenant, 'audit', asked], (cursor, signal) =>
    api.audit({ ...asked, cursor }, signal),
  );
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
          placeholder={text('audit.filter.action.example')}
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
      <PagedView
        query={query}
        rows={8}
        empty={<EmptyState title={text('audit.none')}>{text('audit.none.text')}</EmptyState>}
      >
        {(entries) => <AuditTable entries={entries} />}
      </PagedView>
    </Page>
  );
}
