import type { SessionDetail } from '@lyceum/contracts';
import { Link } from 'react-aria-components';
import { Button, ButtonLink, Chip } from '../../design/index.js';
import { useTenantPath } from '../../shared/api/api.js';
import { useText } from '../../shared/i18n/text.js';
import { SessionButtons } from '../../shared/sessions/SessionButtons.js';
import { readerZone } from '../../shared/time/format.js';
import { useNow } from '../../shared/time/useNow.js';
import { useTimes } from '../../shared/time/useTimes.js';
import { Page } from '../../shared/ui/Page.js';
import styles from './Sessions.module.css';

/** One class session before, during and after: when it is, who comes, and the door to it. */
export function SessionView({ session, onEdit }: { session: SessionDetail; onEdit: () => void }) {
  const text = useText();
  const times = useTimes();
  const path = useTenantPath();
  const now = useNow();
  const mayEdit = session.status === 'planned' && session.permissions.includes('session.edit');
  const mayTest = session.status === 'planned' && session.myRole !== null;
  const number =
    session.number === null
      ? text('session.cancelled')
      : text('session.numberOf', { number: session.number, total: session.course.sessions });
  return (
    <Page
      title={session.title}
      lead={
        <>
          <Link href={path(`courses/${session.course.id}`)}>{session.course.code}</Link>
          {` · ${number}`}
        </>
      }
      actions={
        <>
          {mayEdit && <Button onPress={onEdit}>{text('session.edit')}</Button>}
          <SessionButtons session={session} role={session.myRole} now={now} size="md" without={['prepare']} />
        </>
      }
    >
      <dl className={styles.facts}>
        <div>
          <dt>{text('session.when')}</dt>
          <dd>
            <b>{times.longDay(new Date(session.startsAt))}</b>
            <span className="num">{times.range(session.startsAt, session.endsAt)}</span>
            <span className="muted small">
              {session.status === 'live' ? (
                <Chip tone="live" dot>
                  {text('session.live')}
                </Chip>
              ) : (
                times.relative(session.startsAt, now)
              )}
            </span>
            {session.timeZone !== readerZone() && (
              <span className="muted small">{text('session.zone', { zone: session.timeZone })}</span>
            )}
          </dd>
        </div>
        <div>
          <dt>{text('session.who')}</dt>
          <dd>
            <b>{text('session.enrolled', { count: session.enrolled })}</b>
            <span className="muted small">{session.course.title}</span>
          </dd>
        </div>
        <div>
          <dt>{text('session.recording')}</dt>
          <dd>
            <b>{text(session.recorded ? 'session.recorded.yes' : 'session.recorded.no')}</b>
            <span className="muted small">
              {text(session.recorded ? 'session.recorded.yes.text' : 'session.recorded.no.text')}
            </span>
          </dd>
        </div>
      </dl>
      {mayTest && (
        <section className={styles.test} aria-label={text('session.test.title')}>
          <div>
            <h2>{text('session.test.title')}</h2>
            <p className="muted small">{text('session.test.text')}</p>
          </div>
          <ButtonLink href={path(`sessions/${session.id}?check=show`)}>{text('session.test.action')}</ButtonLink>
        </section>
      )}
      {session.status === 'ended' && session.replay === null && (
        <p className={`${styles.note} muted`}>{text('session.noReplay')}</p>
      )}
    </Page>
  );
}
