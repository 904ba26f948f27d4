import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-aria-components';
import { useLocation } from 'react-router';
import { ButtonLink } from '../../design/index.js';
import { useApi, usePlatformApi } from '../../shared/api/api.js';
import { useText } from '../../shared/i18n/text.js';
import { useDocumentTitle } from '../../shared/ui/Page.js';
import styles from './SignIn.module.css';

/** In place of any page of an institution while nobody is signed in; the way back leads to that page. */
export function SignInPage() {
  const api = useApi();
  const platform = usePlatformApi();
  const text = useText();
  const { pathname, search } = useLocation();
  const tenants = useQuery({ queryKey: ['tenants'], queryFn: ({ signal }) => platform.tenants(signal) });
  const tenant = tenants.data?.items.find(({ slug }) => slug === api.tenant);
  useDocumentTitle(text('signIn.action'), tenant?.name);
  return (
    <main className={styles.calm}>
      <div className={styles.sheet}>
        <i className={styles.mark} style={{ background: tenant?.accent ?? 'var(--accent)' }} aria-hidden="true" />
        <h1>{tenant?.name ?? text('signIn.title')}</h1>
        <p className="muted">{text('signIn.text')}</p>
        <div className={styles.action}>
          <ButtonLink variant="primary" wide href={api.signInUrl(pathname + search)}>
            {text('signIn.action')}
          </ButtonLink>
        </div>
        <p className="small">
          <Link href="/">{text('signIn.other')}</Link>
        </p>
      </div>
    </main>
  );
}
