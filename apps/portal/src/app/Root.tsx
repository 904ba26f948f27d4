import { Suspense, useCallback, useEffect } from 'react';
import { RouterProvider as AriaRouterProvider } from 'react-aria-components';
import { useHref, useLocation, useNavigate, useNavigationType } from 'react-router';
import { ErrorBoundary } from './ErrorBoundary.js';
import { Loading } from './Loading.js';
import { Pages } from './router.js';

/** What the edge answers itself, beside the portal: sign-in and sign-out. */
const SERVED_ELSEWHERE = /^\/t\/[^/]+\/auth\//u;

/** Lets links of the component library move within the portal without loading the page again. */
export function Root() {
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const kind = useNavigationType();
  const go = useCallback(
    (href: string) => {
      if (SERVED_ELSEWHERE.test(href)) location.assign(href);
      else void navigate(href);
    },
    [navigate],
  );
  useEffect(() => {
    // A new page is read from its top; going back, the browser knows better.
    if (kind !== 'POP') scrollTo(0, 0);
  }, [pathname, kind]);
  return (
    <AriaRouterProvider navigate={go} useHref={useHref}>
      <ErrorBoundary>
        <Suspense fallback={<Loading />}>
          <Pages />
        </Suspense>
      </ErrorBoundary>
    </AriaRouterProvider>
  );
}
