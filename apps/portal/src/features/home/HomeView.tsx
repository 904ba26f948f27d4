import type { Home, SessionCard } from '@lyceum/contracts';
import { Link } from 'react-aria-components';
import { EmptyState } from '../../design/index.js';
import { useTenantPath } from '../../shared/api/api.js';
import { useText } from '../../shared/i18n/text.js';
import { SessionButtons } from '../../shared/sessions/SessionButtons.js';
import { dayPart } from '../../shared/time/format.js';
import { useNow } from '../../shared/time/useNow.js';
import { useTimes } from '../../shared/time/useTimes.js';
import { Page, Section } from '../../shared/ui/Page.js';
import { Day, Row } from '../../shared/ui/Row.js';
import styles from './HomeView.module.css';
import { NextCard } from './NextCard.js';
import { ReplayThumb } from './ReplayThumb.js';

/** What is next, what comes after it, and what the reader missed. */
export function HomeView({ home, name }: { home: Home; name: string }) {
  const text = useText();
  const times = useTimes();
  const clock = useNow();
  // The server's clock tells how far away a class is; ours only counts on from there.
  const now = new Date(Math.max(clock.getTime(), Date.parse(home.now)));
  const all = home.next ? [home.next, ...home.comingUp] : home.comingUp;
  const today = all.filter((card) => card.status === 'live' || times.isSameDay(new Date(card.startsAt), now)).length;
  const first = name.split(/\s+/u)[0] ?? name;
  return (
    <Page
      title={text(`home.hello.${dayPart(now.getHours())}`, { name: first })}
      lead={text('home.lead', { day: times.longDay(now), count: today })}
    >
      {home.next ? (
        <NextCard card={home.next} now={now} />
      ) : (
        <div className={styles.none}>
          <EmptyState title={text('home.none.title')}>{text('home.none.text')}</EmptyState>
        </div>
      )}
      <div className={styles.columns}>
        <div>
          <Section title={text('home.comingUp')}>
            {home.comingUp.length === 0 ? (
              <p className={`${styles.nothing} muted`}>{text('home.comingUp.none')}</p>
            ) : (
              <ul>
                {home.comingUp.map((card) => (
                  <UpcomingRow key={card.id} card={card} now={now} />
                ))}
              </ul>
            )}
          </Section>
        </div>
        <div>
          {home.missed.length > 0 && (
            <Section title={text('home.missed')}>
              <ul>
                {home.missed.map((card) => (
                  <ReplayRow key={card.id} card={card} now={now} />
                ))}
              </ul>
            </Section>
          )}
          {home.last && !home.missed.some((card) => card.id === home.last?.id) && (
            <Section title={text('home.last')}>
              <ul>
                <ReplayRow card={home.last} now={now} />
              </ul>
            </Section>
          )}
        </div>
      </div>
    </Page>
  );
}

function UpcomingRow({ card, now }: { card: SessionCard; now: Date }) {
  const text = useText();
  const times = useTimes();
  const path = useTenantPath();
  const small = text('home.row.small', { course: card.course.code, range: times.range(card.startsAt, card.endsAt) });
  return (
    <Row
      before={<Day {...times.day(card.startsAt, now)} />}
      title={<Link href={path(`sessions/${card.id}/details`)}>{card.title}</Link>}
      small={small}
      after={<SessionButtons session={card} role={card.myRole} now={now} />}
    />
  );
}

function ReplayRow({ card, now }: { card: SessionCard; now: Date }) {
  const text = useText();
  const times = useTimes();
  const path = useTenantPath();
  const ready = card.replay?.state === 'ready';
  return (
    <Row
      folds
      before={<ReplayThumb durationMs={card.replay?.durationMs ?? null} />}
      title={
        <Link href={path(ready ? `sessions/${card.id}/replay` : `sessions/${card.id}/details`)}>{card.title}</Link>
      }
      small={text('home.replay.small', { course: card.course.code, date: times.date(card.startsAt) })}
      after={<SessionButtons session={card} role={card.myRole} now={now} />}
    />
  );
}
