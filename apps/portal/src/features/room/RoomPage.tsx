import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useParams } from 'react-router';
import { LoadingState } from '../../design/index.js';
import { useApi } from '../../shared/api/api.js';
import { useText } from '../../shared/i18n/text.js';
import { sessionQuery } from '../../shared/sessions/sessionQuery.js';
import { useDocumentTitle } from '../../shared/ui/Page.js';
import { Problem } from '../../shared/ui/QueryView.js';
import { dropAhead } from './ahead.js';
import { EndedView } from './EndedView.js';
import { Visit } from './Visit.js';

/** The room's address: the device check first, then the room, then what comes after it. */
export function RoomPage() {
  const { sessionId = '' } = useParams();
  const api = useApi();
  const text = useText();
  const [visit, setVisit] = useState(0);
  const session = useQuery({ ...sessionQuery(api, sessionId), staleTime: Infinity });
  useEffect(() => dropAhead, []);
  useDocumentTitle(session.data && text('room.title', { course: session.data.course.code, title: session.data.title }));
  if (session.data?.status === 'ended' || session.data?.status === 'cancelled') {
    return <EndedView kind={session.data.status} session={session.data} again={null} />;
  }
  if (session.data) return <Visit key={visit} session={session.data} again={() => setVisit(visit + 1)} />;
  if (session.error) {
    return (
      <main data-room-state="ended">
        <Problem
          error={session.error}
          place="page"
          retry={() => void session.refetch()}
          retrying={session.isFetching}
        />
      </main>
    );
  }
  return (
    <main data-room-state="connecting">
      <LoadingState place="page">{text('state.loading')}</LoadingState>
    </main>
  );
}
