import { Ellipsis, Hand, Mic, MicOff, MonitorUp, UserX, Video, VideoOff } from 'lucide-react';
import { memo, useState } from 'react';
import { Avatar, Button, Dialog, Icon, IconButton, Menu, type MenuEntry, SearchField } from '../../design/index.js';
import { useText } from '../../shared/i18n/text.js';
import { tileOrder } from './layout.js';
import type { Person, RoomActions, RoomModel } from './model.js';
import { HandQueue, NeedsYou } from './NeedsYou.js';
import styles from './Panel.module.css';

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
  const order = tileOrder(model.people);
  const wanted = search.trim().toLocaleLowerCase();
  const shown = order
    .flatMap((id) => model.people.find((person) => person.participantId === id) ?? [])
    .filter((person) => person.name.toLocaleLowerCase().includes(wanted));
  const teaching = shown.filter(({ role }) => role === 'instructor' || role === 'ta');
  const students = shown.filter(({ role }) => role !== 'instructor' && role !== 'ta');
  const group = (title: string, people: readonly Person[]) =>
    people.length > 0 && (
      <section aria-label={title}>
        <h2>{title}</h2>
        <ul>
          {people.map((person) => (
            <PersonRow
              key={person.participantId}
              person={person}
              model={model}
              actions={actions}
              onRemove={setRemoving}
            />
          ))}
        </ul>
      </section>
    );
  return (
    <>
      {model.may.moderate ? (
        <NeedsYou hands={model.hands} lower={actions.lowerHand} />
      ) : (
        <HandQueue hands={model.hands} self={model.self.participantId} />
      )}
      <div className={styles.list}>
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

function PersonRow(props: {
  person: Person;
  model: PeopleModel;
  actions: RoomActions;
  onRemove: (person: Person) => void;
}) {
  const { person, model, actions, onRemove } = props;
  const text = useText();
  const facts = [
    person.role === 'instructor' || person.role === 'ta' ? text(`role.${person.role}`) : null,
    person.screen ? text('room.person.sharing') : null,
  ];
  const small = facts.filter(Boolean).join(', ');
  const id = person.participantId;
  const host = person.role === 'instructor' || person.role === 'ta';
  const entries: MenuEntry[] = [
    ...(person.mic
      ? [{ id: 'mute', label: text('room.person.mute'), icon: MicOff, onAction: () => actions.mute(id) }]
      : []),
    ...(person.camera
      ? [{ id: 'video', label: text('room.person.stopVideo'), icon: VideoOff, onAction: () => actions.stopVideo(id) }]
      : []),
    ...(person.screen
      ? [{ id: 'share', label: text('room.person.stopShare'), icon: MonitorUp, onAction: () => actions.stopShare(id) }]
      : []),
    ...(person.hand === null
      ? []
      : [{ id: 'hand', label: text('room.person.lowerHand'), icon: Hand, onAction: () => actions.lowerHand(id) }]),
    ...(host
      ? []
      : [
          {
            id: 'remove',
            label: text('room.person.remove'),
            icon: UserX,
            danger: true,
            onAction: () => onRemove(person),
          },
        ]),
  ];
  const state = [
    person.hand === null ? null : text('room.person.hand'),
    text(person.mic ? 'room.person.micOn' : 'room.person.micOff'),
    text(person.camera ? 'room.person.cameraOn' : 'room.person.cameraOff'),
  ];
  return (
    <li className={styles.person} data-participant-id={id}>
      <Avatar name={person.name} seed={id} />
      <span className={styles.name}>
        {person.isSelf ? text('room.you', { name: person.name }) : person.name}
        {small && <small>{small}</small>}
      </span>
      <span className="sr-only">{state.filter(Boolean).join(', ')}</span>
      {person.hand !== null && <Icon of={Hand} size={17} className={styles.raised} />}
      <Icon of={person.mic ? Mic : MicOff} size={17} />
      <Icon of={person.camera ? Video : VideoOff} size={17} />
      {model.may.moderate && !person.isSelf && entries.length > 0 && (
        <Menu
          label={text('room.person.menu', { name: person.name })}
          entries={entries}
          trigger={<IconButton icon={Ellipsis} size="sm" label={text('room.person.menu', { name: person.name })} />}
        />
      )}
    </li>
  );
}
