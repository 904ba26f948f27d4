import { LyceumApiError } from '@lyceum/sdk/rest';
import { useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router';
import { ButtonLink, EmptyState, Skeleton } from '../../design/index.js';
import { useApi, useTenantPath } from '../../shared/api/api.js';
import { useText } from '../../shared/i18n/text.js';
import { useDocumentTitle } from '../../shared/ui/Page.js';
import { Problem } from '../../shared/ui/QueryView.js';
import styles from './Replay.module.css';
import { ReplayView } from './ReplayView.js';

/** While the last pieces are put together the index is asked for this often. */
const POLL_MS = 1_000;

export function ReplayPage() {
  const { sessionId = '' } = useParams();
  const api = useApi();
  const text = useText();
  const path = useTenantPath();
  const session = useQuery({
    queryKey: [api.tenant, 'session', sessionId],
    queryFn: ({ signal }) => api.session(sessionId, signal),
  });
  const replay = useQuery({
    queryKey: [api.tenant, 'replay', sessionId],
    queryFn: ({ signal }) => api.replay(sessionId, signal),
    staleTime: Infinity,
    refetchInterval: ({ state }) => {
      const waiting =
        state.data?.status === 'recording' || state.data?.status === 'finishing' || isMissing(state.error);
      return waiting ? POLL_MS : false;
    },
  });
  const title = session.data
    ? text('room.title', { course: session.data.course.code, title: session.data.title })
    : undefined;
  useDocumentTitle(text('replay.title'), title);
  const details = path(`sessions/${sessionId}/details`);
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
    return (
      <ReplayView
        replay={replay.data}
        title={title}
        backHref={session.data ? path(`courses/${session.data.course.id}`) : details}
      />
    );
  }
  if (replay.data?.status === 'failed' || isMissing(replay.error)) {
    const failed = replay.data?.status === 'failed';
    return (
      <main data-replay-state={failed ? 'failed' : 'loading'}>
        <EmptyState
          place="page"
          title={text(failed ? 'replay.failed.title' : 'replay.none.title')}
          actions={<ButtonLink href={details}>{text('replay.toSession')}</ButtonLink>}
        >
          {text(failed ? 'replay.failed.text' : 'replay.none.text')}
        </EmptyState>
      </main>
    );
  }
  return (
    <div className={styles.page} data-replay-state="loading">
      <header className={styles.top}>
        <Skeleton width="240px" height={20} />
      </header>
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

/** There is no recording of the session (yet): no error, but nothing to play. */
const isMissing = (error: Error | null): boolean =>
  error instanceof LyceumApiError && error.status === 404 && error.code.startsWith('RECORDING');
