import { type AuditOutcome, auditOutcomes, type AuditQuery } from '@lyceum/contracts';
import { instantIn } from '../../shared/time/format.js';

/** What stands in the filter row, days on the reader's calendar. Empty means all. */
export interface AuditFilter {
  q: string;
  action: string;
  outcome: AuditOutcome | null;
  from: string;
  to: string;
}

export function readFilter(params: URLSearchParams): AuditFilter {
  const text = (name: string) => params.get(name) ?? '';
  return {
    q: text('q'),
    action: text('action'),
    outcome: auditOutcomes.find((outcome) => outcome === params.get('outcome')) ?? null,
    from: text('from'),
    to: text('to'),
  };
}

/** Only what is set, so that an address without a filter stays short. */
export function writeFilter(filter: AuditFilter): URLSearchParams {
  return new URLSearchParams(Object.entries(filter).flatMap(([key, value]) => (value ? [[key, value]] : [])));
}

/** `to` includes its whole day. Half a date, as while typing, counts as none. */
export function auditQuery(filter: AuditFilter, timeZone: string): Partial<AuditQuery> {
  const query: Partial<AuditQuery> = {};
  if (filter.q.trim()) query.q = filter.q.trim();
  if (filter.action.trim()) query.action = filter.action.trim();
  if (filter.outcome) query.outcome = filter.outcome;
  const from = instantIn(timeZone, filter.from, '00:00');
  if (from) query.from = from.toISOString();
  const to = instantIn(timeZone, filter.to, '00:00');
  if (to) query.to = new Date(to.getTime() + 86_400_000).toISOString();
  return query;
}
