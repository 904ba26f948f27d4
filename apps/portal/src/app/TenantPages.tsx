import { isSignedOut } from '@lyceum/sdk/rest';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { Outlet, useParams } from 'react-router';
import { SignInPage } from '../features/sign-in/SignInPage.js';
import { TenantContext, useApi } from '../shared/api/api.js';
import { meQuery } from '../shared/session/meQuery.js';
import { MeContext } from '../shared/session/me.js';
import { setAccent } from '../shared/theme/theme.js';
import { Problem } from '../shared/ui/QueryView.js';
import { Loading } from './Loading.js';

/** Everything below `/t/{slug}`: knows the institution and who is signed in, or shows the way in. */
export function TenantPages() {
  const { tenant = '' } = useParams();
  return (
    <TenantContext value={tenant}>
      <SignedIn key={tenant} />
    </TenantContext>
  );
}

function SignedIn() {
  const api = useApi();
  const me = useQuery(meQuery(api.tenant));
  const accent = me.data?.tenant.accent ?? null;
  useEffect(() => {
    setAccent(accent);
    return () => setAccent(null);
  }, [accent]);
  if (isSignedOut(me.error)) return <SignInPage />;
  if (me.data) {
    return (
      <MeContext value={me.data}>
        <Outlet />
      </MeContext>
    );
  }
  if (me.error) {
    return (
      <main>
        <Problem error={me.error} place="page" retry={() => void me.refetch()} retrying={me.isFetching} />
      </main>
    );
  }
  return <Loading />;
}
