import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { Button, ButtonLink, Skeleton } from '../../design/index.js';
import { useApi, useTenantPath } from '../../shared/api/api.js';
import { useText } from '../../shared/i18n/text.js';
import { readerZone } from '../../shared/time/format.js';
import { Page, useDocumentTitle } from '../../shared/ui/Page.js';
import { QueryView, useProblemText } from '../../shared/ui/QueryView.js';
import { freshDraft, type SessionDraft, toNewSession } from './draft.js';
import { SessionForm } from './SessionForm.js';
import styles from './Sessions.module.css';

export function NewSessionPage() {
  const { courseId = '' } = useParams();
  const api = useApi();
  const text = useText();
  const path = useTenantPath();
  const formId = useId();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const problemText = useProblemText();
  const [key] = useState(() => crypto.randomUUID());
  const [initial] = useState(() => freshDraft(new Date()));
  useDocumentTitle(text('session.new'));
  const course = useQuery({
    queryKey: [api.tenant, 'course', courseId],
    queryFn: ({ signal }) => api.course(courseId, signal),
  });
  const create = useMutation({
    mutationFn: (draft: SessionDraft) => {
      const session = toNewSession(draft, readerZone());
      if (!session) throw new Error('a draft without mistakes fits its contract');
      return api.createSession(courseId, session, key);
    },
    onSuccess: async (session) => {
      await queries.invalidateQueries({ queryKey: [api.tenant] });
      void navigate(path(`sessions/${session.id}/details`));
    },
  });
  return (
    <QueryView
      query={course}
      place="page"
      skeleton={<Page title={<Skeleton width="240px" height={36} />}>{null}</Page>}
    >
      {({ code, title }) => (
        <Page title={text('session.new')} lead={`${code} · ${title}`}>
          <div className={styles.narrow}>
            <SessionForm
              id={formId}
              initial={initial}
              problem={create.error ? problemText(create.error) : null}
              onSubmit={create.mutate}
            />
            <div className={styles.buttons}>
              <Button variant="primary" type="submit" form={formId} isPending={create.isPending}>
                {text('session.form.create')}
              </Button>
              <ButtonLink href={path(`courses/${courseId}`)}>{text('dialog.cancel')}</ButtonLink>
            </div>
          </div>
        </Page>
      )}
    </QueryView>
  );
}
