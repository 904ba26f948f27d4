import { Suspense } from 'react';
import { Outlet, useLocation } from 'react-router';
import { LoadingState } from '../design/index.js';
import { useText } from '../shared/i18n/text.js';
import { ErrorBoundary } from './ErrorBoundary.js';
import { Loading } from './Loading.js';

/** What one address shows. Another address starts anew, also after a page that broke; what is around it stays. */
export function OnePlace({ inMain = false }: { inMain?: boolean }) {
  const text = useText();
  const { pathname } = useLocation();
  return (
    <ErrorBoundary key={pathname} inMain={inMain}>
      <Suspense fallback={inMain ? <LoadingState place="page">{text('state.loading')}</LoadingState> : <Loading />}>
        <Outlet />
      </Suspense>
    </ErrorBoundary>
  );
}
