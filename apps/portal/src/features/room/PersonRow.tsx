import { Ellipsis, Hand, Languages, Mic, MicOff, MonitorUp, UserX, Video, VideoOff } from 'lucide-react';
import { memo } from 'react';
import { Avatar, Icon, IconButton, Menu, type MenuEntry } from '../../design/index.js';
import { useText } from '../../shared/i18n/text.js';
import { isTeaching } from './layout.js';
import type { Person, RoomActions } from './model.js';
import styles from './Panel.module.css';

/** One person: what they do and, for a host, what can be done about it. */
export const PersonRow = memo(function PersonRow(props: {
  person: Person;
  moderate: boolean;
  actions: RoomActions;
  onRemove: (person: Person) => void;
}) {
  const { person, moderate, actions, onRemove } = props;
  const text = useText();
  const facts = [
    person.role === 'instructor' || person.role === 'ta' ? text(`role.${person.role}`) : null,
    person.interpreter ? text('room.person.interprets') : null,
    person.screen ? text('room.person.sharing') : null,
  ];
  const small = facts.filter(Boolean).join(', ');
  const id = person.participantId;
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
    {
      id: 'interpreter',
      label: text(person.interpreter ? 'room.person.noInterpreter' : 'room.person.interpreter'),
      icon: Languages,
      onAction: () => actions.setInterpreter(id, !person.interpreter),
    },
    ...(isTeaching(person)
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
    <>
      <Avatar name={person.name} seed={id} />
      <span className={styles.name}>
        {person.isSelf ? text('room.you', { name: person.name }) : person.name}
        {small && <small>{small}</small>}
      </span>
      <span className="sr-only">{state.filter(Boolean).join(', ')}</span>
      {person.hand !== null && <Icon of={Hand} size={17} className={styles.raised} />}
      <Icon of={person.mic ? Mic : MicOff} size={17} />
      <Icon of={person.camera ? Video : VideoOff} size={17} />
      {moderate && !person.isSelf && entries.length > 0 && (
        <Menu
          label={text('room.person.menu', { name: person.name })}
          entries={entries}
          trigger={<IconButton icon={Ellipsis} size="sm" label={text('room.person.menu', { name: person.name })} />}
        />
      )}
    </>
  );
});
