import { useQuery } from '@tanstack/react-query';
import { useApi } from '../../shared/api/api.js';
import { useText } from '../../shared/i18n/text.js';
import { useMe } from '../../shared/session/me.js';
import { useDocumentTitle } from '../../shared/ui/Page.js';
import { QueryView } from '../../shared/ui/QueryView.js';
import { HomeSkeleton } from './HomeSkeleton.js';
import { HomeView } from './HomeView.js';

export function HomePage() {
  const api = useApi();
  const me = useMe();
  const text = useText();
  useDocumentTitle(text('nav.home'), me.tenant.name);
  const query = useQuery({
    queryKey: [api.tenant, 'home'],
    queryFn: ({ signal }) => api.home(signal),
    refetchInterval: 20_000,
  });
  return (
    <QueryView query={query} skeleton={<HomeSkeleton />} place="page">
      {(home) => <HomeView home={home} name={me.person.displayName} />}
    </QueryView>
  );
}
