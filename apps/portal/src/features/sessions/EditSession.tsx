import type { SessionDetail } from '@lyceum/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { Button, Dialog } from '../../design/index.js';
import { useApi } from '../../shared/api/api.js';
import { useText } from '../../shared/i18n/text.js';
import { readerZone } from '../../shared/time/format.js';
import { useProblemText } from '../../shared/ui/QueryView.js';
import { type SessionDraft, toNewSession, wallClock } from './draft.js';
import { SessionForm } from './SessionForm.js';

function draftOf(session: SessionDetail): SessionDraft {
  const start = wallClock(new Date(session.startsAt));
  const end = wallClock(new Date(session.endsAt));
  return { title: session.title, ...start, end: end.start, recorded: session.recorded };
}

/** Change a planned session, or call it off (which asks once more). */
export function EditSession({ session, onClose }: { session: SessionDetail; onClose: () => void }) {
  const api = useApi();
  const text = useText();
  const formId = useId();
  const queries = useQueryClient();
  const problemText = useProblemText();
  const [cancelling, setCancelling] = useState(false);
  const change = useMutation({
    mutationFn: (draft: SessionDraft | 'cancel') => {
      if (draft === 'cancel') return api.changeSession(session.id, { status: 'cancelled' });
      return api.changeSession(session.id, toNewSession(draft, readerZone()) ?? {});
    },
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: [api.tenant] });
      onClose();
    },
  });
  const problem = change.error ? problemText(change.error) : null;
  if (cancelling) {
    return (
      <Dialog
        role="alertdialog"
        title={text('session.cancel.title', { title: session.title })}
        closeLabel={text('dialog.close')}
        isOpen
        onClose={onClose}
        actions={
          <>
            <Button onPress={() => setCancelling(false)}>{text('session.cancel.keep')}</Button>
            <Button variant="danger" isPending={change.isPending} onPress={() => change.mutate('cancel')}>
              {text('session.cancel.confirm')}
            </Button>
          </>
        }
      >
        <p>{text('session.cancel.text')}</p>
        {problem && <p role="alert">{problem}</p>}
      </Dialog>
    );
  }
  return (
    <Dialog
      title={text('session.edit')}
      closeLabel={text('dialog.close')}
      isOpen
      onClose={onClose}
      width={560}
      actions={
        <>
          <Button variant="quiet" onPress={() => setCancelling(true)}>
            {text('session.cancel')}
          </Button>
          <Button onPress={onClose}>{text('dialog.cancel')}</Button>
          <Button variant="primary" type="submit" form={formId} isPending={change.isPending}>
            {text('session.form.save')}
          </Button>
        </>
      }
    >
      <SessionForm id={formId} initial={draftOf(session)} problem={problem} onSubmit={change.mutate} />
    </Dialog>
  );
}
