import { MicOff } from 'lucide-react';
import { memo, useRef, useState } from 'react';
import { Button, Dialog, SearchField } from '../../design/index.js';
import { useText } from '../../shared/i18n/text.js';
import { isTeaching, tileOrder } from './layout.js';
import type { Person, RoomActions, RoomModel } from './model.js';
import { HandQueue, NeedsYou } from './NeedsYou.js';
import styles from './Panel.module.css';
import { PeopleList } from './PeopleList.js';
import { PersonRow } from './PersonRow.js';

/** Below this many people a search box only takes room. */
const SEARCH_FROM = 8;

type PeopleModel = Pick<RoomModel, 'people' | 'hands' | 'self' | 'may'>;
type Shown = { model: PeopleModel; actions: RoomActions };

/** Who speaks and what was written don't concern the list. */
const samePeople = (a: Shown, b: Shown): boolean =>
  a.actions === b.actions &&
  a.model.people === b.model.people &&
  a.model.hands === b.model.hands &&
  a.model.self === b.model.self &&
  a.model.may === b.model.may;

/** Who is here, what they do, and what a host can do about it. */
export const PeoplePanel = memo(function PeoplePanel({ model, actions }: { model: PeopleModel; actions: RoomActions }) {
  const text = useText();
  const [search, setSearch] = useState('');
  const [removing, setRemoving] = useState<Person | null>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const wanted = search.trim().toLocaleLowerCase();
  const byId = new Map(model.people.map((person) => [person.participantId, person]));
  const shown = tileOrder(model.people)
    .flatMap((id) => byId.get(id) ?? [])
    .filter((person) => person.name.toLocaleLowerCase().includes(wanted));
  const teaching = shown.filter(isTeaching);
  const students = shown.filter((person) => !isTeaching(person));
  const group = (title: string, people: readonly Person[]) =>
    people.length > 0 && (
      <PeopleList
        title={title}
        people={people}
        scroller={scroller}
        row={(person) => (
          <PersonRow person={person} moderate={model.may.moderate} actions={actions} onRemove={setRemoving} />
        )}
      />
    );
  return (
    <>
      {model.may.moderate ? (
        <NeedsYou hands={model.hands} lower={actions.lowerHand} />
      ) : (
        <HandQueue hands={model.hands} self={model.self.participantId} />
      )}
      <div ref={scroller} className={styles.list} role="group" aria-label={text('room.tab.people')} tabIndex={0}>
        {group(text('room.people.teaching'), teaching)}
        {group(text('room.people.students', { count: students.length }), students)}
        {shown.length === 0 && <p className={`${styles.nobody} muted small`}>{text('room.people.nobody')}</p>}
      </div>
      <div className={styles.foot}>
        {model.may.moderate && students.some((person) => person.mic) && (
          <Button size="sm" icon={MicOff} onPress={() => actions.mute(null)}>
            {text('room.muteAll')}
          </Button>
        )}
        {model.people.length >= SEARCH_FROM && (
          <SearchField label={text('room.people.find')} value={search} onChange={setSearch} />
        )}
      </div>
      {removing && (
        <Dialog
          role="alertdialog"
          title={text('room.remove.title', { name: removing.name })}
          closeLabel={text('dialog.close')}
          isOpen
          onClose={() => setRemoving(null)}
          actions={
            <>
              <Button onPress={() => setRemoving(null)}>{text('dialog.cancel')}</Button>
              <Button
                variant="danger"
                onPress={() => {
                  actions.remove(removing.participantId);
                  setRemoving(null);
                }}
              >
                {text('room.remove.confirm')}
              </Button>
            </>
          }
        >
          {text('room.remove.text')}
        </Dialog>
      )}
    </>
  );
}, samePeople);
