import type { AuditEntry } from '@lyceum/contracts';
import { Chip } from '../../design/index.js';
import { useText } from '../../shared/i18n/text.js';
import { useTimes } from '../../shared/time/useTimes.js';
import table from '../../shared/ui/Table.module.css';
import styles from './Audit.module.css';

const tones = { denied: 'rec', allowed: 'live', done: 'plain' } as const;

export function AuditTable({ entries }: { entries: readonly AuditEntry[] }) {
  const text = useText();
  const times = useTimes();
  const who = (entry: AuditEntry) => entry.actor.name ?? text(`audit.actor.${entry.actor.kind}`);
  return (
    <div className={table.scroll} tabIndex={0} role="region" aria-label={text('audit.title')}>
      <table className={table.table}>
        <caption className="sr-only">{text('audit.title')}</caption>
        <thead>
          <tr>
            <th scope="col">{text('audit.column.when')}</th>
            <th scope="col">{text('audit.column.who')}</th>
            <th scope="col">{text('audit.column.what')}</th>
            <th scope="col">{text('audit.column.about')}</th>
            <th scope="col">{text('audit.column.outcome')}</th>
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => (
            <tr key={entry.id}>
              <td className="num" data-label={text('audit.column.when')}>
                <time dateTime={entry.at}>{times.moment(entry.at)}</time>
              </td>
              <th scope="row">{who(entry)}</th>
              <td data-label={text('audit.column.what')}>
                <span>
                  <code className={styles.action}>{entry.action}</code>
                  <Detail detail={entry.detail} />
                </span>
              </td>
              <td data-label={text('audit.column.about')}>
                {entry.target ? (
                  <span>
                    {entry.target.kind}
                    <small className={styles.id}>{entry.target.id}</small>
                  </span>
                ) : (
                  text('list.nothing')
                )}
              </td>
              <td data-label={text('audit.column.outcome')}>
                <span>
                  <Chip tone={tones[entry.outcome]}>{text(`audit.outcome.${entry.outcome}`)}</Chip>
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Detail({ detail }: { detail: AuditEntry['detail'] }) {
  const parts = Object.entries(detail).map(([key, value]) => `${key} ${String(value)}`);
  return parts.length === 0 ? null : <small className={styles.detail}>{parts.join(', ')}</small>;
}
