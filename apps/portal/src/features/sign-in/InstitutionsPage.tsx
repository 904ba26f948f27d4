import { useQuery } from '@tanstack/react-query';
import { ChevronRight } from 'lucide-react';
import { Link } from 'react-aria-components';
import { EmptyState, Icon, SkeletonRows } from '../../design/index.js';
import { usePlatformApi } from '../../shared/api/api.js';
import { useText } from '../../shared/i18n/text.js';
import { accentColours } from '../../shared/theme/accent.js';
import { useDocumentTitle } from '../../shared/ui/Page.js';
import { QueryView } from '../../shared/ui/QueryView.js';
import styles from './SignIn.module.css';

/** `/`: which institution are you from? */
export function InstitutionsPage() {
  const api = usePlatformApi();
  const text = useText();
  useDocumentTitle();
  const query = useQuery({ queryKey: ['tenants'], queryFn: ({ signal }) => api.tenants(signal) });
  return (
    <main className={styles.calm}>
      <div className={styles.sheet}>
        <h1>{text('institutions.title')}</h1>
        <p className="muted">{text('institutions.text')}</p>
        <QueryView query={query} skeleton={<SkeletonRows label={text('state.loading')} rows={2} />}>
          {({ items }) =>
            items.length === 0 ? (
              <EmptyState title={text('institutions.none.title')}>{text('institutions.none.text')}</EmptyState>
            ) : (
              <ul className={styles.institutions}>
                {items.map((tenant) => (
                  <li key={tenant.slug}>
                    <Link href={`/t/${tenant.slug}/`}>
                      <i style={{ background: accentIn(tenant.accent) }} aria-hidden="true" />
                      <span>{tenant.name}</span>
                      <Icon of={ChevronRight} size={18} />
                    </Link>
                  </li>
                ))}
              </ul>
            )
          }
        </QueryView>
      </div>
    </main>
  );
}

/** An institution's colour in both themes, ours where it chose none. */
function accentIn(accent: string | null): string {
  if (accent === null) return 'var(--accent)';
  const { light, dark } = accentColours(accent);
  return `light-dark(${light.accent}, ${dark.accent})`;
}
