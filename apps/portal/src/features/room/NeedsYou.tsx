import { Avatar, Button } from '../../design/index.js';
import { useText } from '../../shared/i18n/text.js';
import type { Person, RoomActions } from './model.js';
import styles from './Panel.module.css';

/** What waits for the host, in the order in which it came. */
export function NeedsYou({ hands, lower }: { hands: readonly Person[]; lower: RoomActions['lowerHand'] }) {
  const text = useText();
  if (hands.length === 0) return null;
  return (
    <section className={styles.needs} aria-label={text('room.needs')}>
      <h2>
        <span>{text('room.needs')}</span>
        <span className="num">{hands.length}</span>
      </h2>
      <ol aria-label={text('room.hands')}>
        {hands.map((person, index) => (
          <li key={person.participantId} className={styles.need} data-participant-id={person.participantId}>
            <Avatar name={person.name} seed={person.participantId} />
            <span className={styles.needText}>
              {text('room.needs.hand', { name: person.name })}
              <small>{text('room.needs.place', { place: index + 1 })}</small>
            </span>
            <Button
              size="sm"
              aria-label={text('room.needs.lower.of', { name: person.name })}
              onPress={() => lower(person.participantId)}
            >
              {text('room.needs.lower')}
            </Button>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** The same queue for those who only wait in it. */
export function HandQueue({ hands, self }: { hands: readonly Person[]; self: string }) {
  const text = useText();
  if (hands.length === 0) return null;
  return (
    <section className={styles.needs} aria-label={text('room.hands.title')}>
      <h2>
        <span>{text('room.hands.title')}</span>
        <span className="num">{hands.length}</span>
      </h2>
      <ol aria-label={text('room.hands')}>
        {hands.map((person) => (
          <li key={person.participantId} className={styles.need} data-participant-id={person.participantId}>
            <Avatar name={person.name} seed={person.participantId} size={26} />
            <span className={styles.needText}>
              {person.participantId === self ? text('room.you', { name: person.name }) : person.name}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
