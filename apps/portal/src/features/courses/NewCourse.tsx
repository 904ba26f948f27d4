import { newCourseSchema } from '@lyceum/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { type FormEvent, useId, useState } from 'react';
import { useNavigate } from 'react-router';
import { Button, Dialog, TextField } from '../../design/index.js';
import { useApi, useTenantPath } from '../../shared/api/api.js';
import { useText } from '../../shared/i18n/text.js';
import { useProblemText } from '../../shared/ui/QueryView.js';
import styles from './Courses.module.css';

/** The button and its dialog. Only for those who may create courses. */
export function NewCourse() {
  const text = useText();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button variant="primary" icon={Plus} onPress={() => setOpen(true)}>
        {text('courses.new')}
      </Button>
      {open && <NewCourseDialog onClose={() => setOpen(false)} />}
    </>
  );
}

const empty = { code: '', title: '', term: '' };
type CourseDraft = typeof empty;

function NewCourseDialog({ onClose }: { onClose: () => void }) {
  const api = useApi();
  const text = useText();
  const path = useTenantPath();
  const formId = useId();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const problemText = useProblemText();
  const [draft, setDraft] = useState(empty);
  const [tried, setTried] = useState(false);
  const [key] = useState(() => crypto.randomUUID());
  const create = useMutation({
    mutationFn: (course: CourseDraft) => api.createCourse(course, key),
    onSuccess: async (course) => {
      await queries.invalidateQueries({ queryKey: [api.tenant, 'courses'] });
      onClose();
      void navigate(path(`courses/${course.id}`));
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    const parsed = newCourseSchema.safeParse(draft);
    if (parsed.success) create.mutate(parsed.data);
  };
  const field = (name: keyof typeof empty) => ({
    label: text(`courses.new.${name}`),
    value: draft[name],
    onChange: (value: string) => setDraft({ ...draft, [name]: value }),
    ...(tried && draft[name].trim() === '' ? { error: text('form.missing') } : {}),
  });
  return (
    <Dialog
      title={text('courses.new')}
      closeLabel={text('dialog.close')}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{text('dialog.cancel')}</Button>
          <Button variant="primary" type="submit" form={formId} isPending={create.isPending}>
            {text('courses.new.submit')}
          </Button>
        </>
      }
    >
      <form id={formId} className={styles.form} onSubmit={submit} noValidate>
        <TextField {...field('code')} hint={text('courses.new.code.hint')} autoFocus />
        <TextField {...field('title')} />
        <TextField {...field('term')} hint={text('courses.new.term.hint')} />
        {create.error && (
          <p role="alert" className={styles.problem}>
            {problemText(create.error)}
          </p>
        )}
      </form>
    </Dialog>
  );
}
