import type { SessionCard } from '@lyceum/contracts';
import { Link } from 'react-aria-components';
import { Chip } from '../../design/index.js';
import { useTenantPath } from '../../shared/api/api.js';
import { useText } from '../../shared/i18n/text.js';
import { SessionButtons } from '../../shared/sessions/SessionButtons.js';
import { useTimes } from '../../shared/time/useTimes.js';
import styles from './HomeView.module.css';

/** The one thing that the page is about: the class that runs or comes next. */
export function NextCard({ card, now }: { card: SessionCard; now: Date }) {
  const text = useText();
  const times = useTimes();
  const path = useTenantPath();
  const live = card.status === 'live';
  const facts = [
    card.course.code,
    card.number === null ? null : text('session.numberOf', { number: card.number, total: card.course.sessions }),
    text('session.enrolled', { count: card.enrolled }),
    card.recorded && !live ? text('session.recorded') : null,
  ];
  return (
    <section className={styles.next} aria-label={text('home.next')}>
      <div className={styles.when}>
        <b className="num">{times.time(card.startsAt)}</b>
        {live ? (
          <Chip tone="live" dot>
            {text('session.live')}
          </Chip>
        ) : (
          <span className="muted small">{times.relative(card.startsAt, now)}</span>
        )}
      </div>
      <div className={styles.what}>
        <h2>
          <Link href={path(`sessions/${card.id}/details`)}>{card.title}</Link>
        </h2>
        <span className="muted small">{facts.filter(Boolean).join(' · ')}</span>
      </div>
      <div className={styles.acts}>
        <SessionButtons session={card} role={card.myRole} now={now} size="md" />
      </div>
    </section>
  );
}
