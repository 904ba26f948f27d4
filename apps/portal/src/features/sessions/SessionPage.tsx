import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useParams } from 'react-router';
import { Skeleton, SkeletonRows } from '../../design/index.js';
import { useApi } from '../../shared/api/api.js';
import { useText } from '../../shared/i18n/text.js';
import { sessionQuery } from '../../shared/sessions/sessionQuery.js';
import { Page, useDocumentTitle } from '../../shared/ui/Page.js';
import { QueryView } from '../../shared/ui/QueryView.js';
import { EditSession } from './EditSession.js';
import { SessionView } from './SessionView.js';

export function SessionPage() {
  const { sessionId = '' } = useParams();
  const api = useApi();
  const text = useText();
  const [editing, setEditing] = useState(false);
  const query = useQuery({ ...sessionQuery(api, sessionId), refetchInterval: 10_000 });
  useDocumentTitle(query.data?.title, query.data?.course.code);
  const skeleton = (
    <Page title={<Skeleton width="300px" height={36} />} lead={<Skeleton width="240px" />}>
      <div style={{ marginTop: 32 }}>
        <SkeletonRows label={text('state.loading')} rows={2} />
      </div>
    </Page>
  );
  return (
    <QueryView query={query} skeleton={skeleton} place="page">
      {(session) => (
        <>
          <SessionView session={session} onEdit={() => setEditing(true)} />
          {editing && <EditSession session={session} onClose={() => setEditing(false)} />}
        </>
      )}
    </QueryView>
  );
}
