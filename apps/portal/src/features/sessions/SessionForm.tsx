import { type FormEvent, useState } from 'react';
import { Checkbox, TextField } from '../../design/index.js';
import { useText } from '../../shared/i18n/text.js';
import { readerZone } from '../../shared/time/format.js';
import { type DraftField, draftMistakes, type SessionDraft } from './draft.js';
import styles from './Sessions.module.css';

/** The fields of a session, for a new one and for a change. Mistakes show after the first try, all at once. */
export function SessionForm(props: {
  id: string;
  initial: SessionDraft;
  problem: string | null;
  onSubmit: (draft: SessionDraft) => void;
}) {
  const text = useText();
  const zone = readerZone();
  const [draft, setDraft] = useState(props.initial);
  const [tried, setTried] = useState(false);
  const mistakes = tried ? draftMistakes(draft, zone, new Date()) : {};
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (Object.keys(draftMistakes(draft, zone, new Date())).length === 0) props.onSubmit(draft);
  };
  const field = (name: DraftField) => {
    const mistake = mistakes[name];
    return {
      label: text(`session.form.${name}`),
      value: draft[name],
      onChange: (value: string) => setDraft({ ...draft, [name]: value }),
      ...(mistake ? { error: text(`session.form.mistake.${mistake}`) } : {}),
    };
  };
  return (
    <form id={props.id} className={styles.form} onSubmit={submit} noValidate>
      <TextField {...field('title')} autoFocus />
      <div className={styles.times}>
        <TextField {...field('date')} type="date" />
        <TextField {...field('start')} type="time" />
        <TextField {...field('end')} type="time" />
      </div>
      <p className="muted small">{text('session.form.zone', { zone: zone.replaceAll('_', ' ') })}</p>
      <Checkbox isSelected={draft.recorded} onChange={(recorded) => setDraft({ ...draft, recorded })}>
        {text('session.form.recorded')}
      </Checkbox>
      {props.problem && (
        <p role="alert" className={styles.problem}>
          {props.problem}
        </p>
      )}
    </form>
  );
}
