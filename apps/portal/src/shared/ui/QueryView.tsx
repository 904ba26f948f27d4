import { LyceumApiError } from '@lyceum/sdk/rest';
import { type ReactNode, useEffect } from 'react';
import { Button, ButtonLink, ErrorState } from '../../design/index.js';
import { useTenantPath } from '../api/api.js';
import { useText } from '../i18n/text.js';

interface QueryLike<T> {
  data: T | undefined;
  error: Error | null;
  isFetching: boolean;
  refetch: () => unknown;
}

/** What a page shows for a query: its skeleton, its error with a way on, or `children` with the data (also while refreshing). */
export function QueryView<T>({
  query,
  skeleton,
  place = 'section',
  children,
}: {
  query: QueryLike<T>;
  skeleton: ReactNode;
  place?: 'page' | 'section';
  children: (data: T) => ReactNode;
}) {
  if (query.data !== undefined) return children(query.data);
  if (query.error) {
    return <Problem error={query.error} place={place} retry={() => void query.refetch()} retrying={query.isFetching} />;
  }
  return skeleton;
}

type Kind = 'missing' | 'forbidden' | 'offline' | 'broken';

/** What the edge answers while the server behind it is being restarted. */
const AWAY: readonly number[] = [502, 503, 504];
/** A page that couldn't reach the server asks again after this long, until it can. */
const AGAIN_MS = 5_000;

function kindOf(error: Error): Kind {
  if (!(error instanceof LyceumApiError)) return 'broken';
  if (error.failure === 'network' || AWAY.includes(error.status)) return 'offline';
  if (error.status === 404) return 'missing';
  return error.status === 403 ? 'forbidden' : 'broken';
}

/** An error in the reader's words: what happened, what to do, and the number an administrator can look up. */
export function Problem({
  error,
  place = 'section',
  retry,
  retrying = false,
}: {
  error: Error;
  place?: 'page' | 'section';
  retry?: () => void;
  retrying?: boolean;
}) {
  const text = useText();
  const path = useTenantPath();
  const kind = kindOf(error);
  const problem = error instanceof LyceumApiError ? error.problem : undefined;
  useEffect(() => {
    if (!retry || kind !== 'offline') return;
    const timer = setTimeout(retry, AGAIN_MS);
    return () => clearTimeout(timer);
  }, [retry, kind]);
  const words = kind === 'broken' && problem?.action ? problem.action : text(`problem.${kind}.text`);
  return (
    <ErrorState
      title={text(`problem.${kind}.title`)}
      place={place}
      {...(problem?.requestId ? { reference: text('problem.reference', { id: problem.requestId }) } : {})}
      actions={
        <>
          {retry && (kind === 'offline' || kind === 'broken') && (
            <Button onPress={retry} isPending={retrying}>
              {text('problem.retry')}
            </Button>
          )}
          {place === 'page' && <ButtonLink href={path()}>{text('problem.home')}</ButtonLink>}
        </>
      }
    >
      {words}
    </ErrorState>
  );
}

/** Words for a toast about a failed action. */
export function useProblemText(): (error: unknown) => string {
  const text = useText();
  return (error) => {
    if (!(error instanceof LyceumApiError)) return text('problem.broken.title');
    if (error.failure === 'network') return text('problem.offline.title');
    const { title, action } = error.problem;
    return action ? `${title.replace(/[.!]$/u, '')}. ${action}` : title;
  };
}
