import { useCallback } from 'react';
import { RouterProvider as AriaRouterProvider } from 'react-aria-components';
import { Outlet, ScrollRestoration, useHref, useNavigate } from 'react-router';

/** What the edge answers itself, beside the portal: sign-in and sign-out. */
const SERVED_ELSEWHERE = /^\/t\/[^/]+\/auth\//u;

/** Lets links of the component library move within the portal without loading the page again. */
export function Root() {
  const navigate = useNavigate();
  const go = useCallback(
    (href: string) => {
      if (SERVED_ELSEWHERE.test(href)) location.assign(href);
      else void navigate(href);
    },
    [navigate],
  );
  return (
    <AriaRouterProvider navigate={go} useHref={useHref}>
      <Outlet />
      <ScrollRestoration />
    </AriaRouterProvider>
  );
}
