import { LyceumApiError } from '@lyceum/sdk/rest';
import { useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router';
import { ButtonLink, EmptyState, Skeleton } from '../../design/index.js';
import { useApi, useTenantPath } from '../../shared/api/api.js';
import { useText } from '../../shared/i18n/text.js';
import { sessionQuery } from '../../shared/sessions/sessionQuery.js';
import { useDocumentTitle } from '../../shared/ui/Page.js';
import { PlaceBar } from '../../shared/ui/PlaceBar.js';
import { Problem } from '../../shared/ui/QueryView.js';
import styles from './Replay.module.css';
import { ReplayView } from './ReplayView.js';

/** While the last pieces are put together the index is asked for this often. */
const POLL_MS = 1_000;
/** And this often while there is no recording, because the class may only be about to begin. */
const MISSING_POLL_MS = 5_000;

export function ReplayPage() {
  const { sessionId = '' } = useParams();
  const api = useApi();
  const text = useText();
  const path = useTenantPath();
  const session = useQuery(sessionQuery(api, sessionId));
  const replay = useQuery({
    queryKey: [api.tenant, 'replay', sessionId],
    queryFn: ({ signal }) => api.replay(sessionId, signal),
    staleTime: Infinity,
    refetchInterval: ({ state }) => {
      if (isMissing(state.error)) return MISSING_POLL_MS;
      return state.data?.status === 'recording' || state.data?.status === 'finishing' ? POLL_MS : false;
    },
  });
  const title = session.data
    ? text('room.title', { course: session.data.course.code, title: session.data.title })
    : undefined;
  useDocumentTitle(text('replay.title'), title);
  const details = path(`sessions/${sessionId}/details`);
  const back = session.data ? path(`courses/${session.data.course.id}`) : details;
  const error = session.error ?? (isMissing(replay.error) ? null : replay.error);
  if (error) {
    return (
      <main data-replay-state="failed">
        <Problem error={error} place="page" retry={() => void replay.refetch()} retrying={replay.isFetching} />
      </main>
    );
  }
  const playable = replay.data && replay.data.tracks.some(({ segments }) => segments.length > 0);
  if (replay.data && title && (playable || replay.data.status === 'ready')) {
    return <ReplayView replay={replay.data} title={title} backHref={back} />;
  }
  const failed = replay.data?.status === 'failed';
  if (session.data && (failed || isMissing(replay.error))) {
    const never = session.data.status === 'ended' && session.data.replay === null;
    return (
      <main data-replay-state={failed ? 'failed' : 'loading'}>
        <EmptyState
          place="page"
          title={text(failed ? 'replay.failed.title' : 'replay.none.title')}
          actions={<ButtonLink href={details}>{text('replay.toSession')}</ButtonLink>}
        >
          {text(failed ? 'replay.failed.text' : never ? 'session.noReplay' : 'replay.none.text')}
        </EmptyState>
      </main>
    );
  }
  return (
    <div className={styles.page} data-replay-state="loading">
      <PlaceBar
        back={{ href: back, label: text('room.back') }}
        title={title ?? <Skeleton width="240px" height={20} />}
      />
      <main className={styles.body}>
        <div className={styles.left}>
          <p role="status" className={styles.waiting}>
            {text(replay.data ? 'replay.preparing.text' : 'state.loading')}
          </p>
        </div>
        <div className={styles.panel} />
      </main>
    </div>
  );
}

/** There is no recording of the session (yet): no error, but nothing to play. A wrong address fails for the session, too. */
const isMissing = (error: Error | null): boolean => error instanceof LyceumApiError && error.status === 404;
