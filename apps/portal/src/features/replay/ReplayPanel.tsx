import { presentSeats } from '@lyceum/contracts';
import { useEffect, useRef, useState } from 'react';
import { Avatar, EmptyState, SearchField, Tabs } from '../../design/index.js';
import { useText } from '../../shared/i18n/text.js';
import { clockTime, isoDuration } from '../../shared/time/format.js';
import type { ReplayClock } from './clock.js';
import type { History } from './history.js';
import styles from './ReplayPanel.module.css';

type Tab = 'chat' | 'moments' | 'people';

/** What was written and what happened, in step with the picture; a click goes there. */
export function ReplayPanel({
  history,
  clock,
  position,
  openedAt,
}: {
  history: History;
  clock: ReplayClock;
  position: number;
  openedAt: number;
}) {
  const text = useText();
  const [tab, setTab] = useState<Tab>('chat');
  return (
    <Tabs<Tab>
      label={text('room.panel')}
      selected={tab}
      onSelect={setTab}
      items={[
        {
          id: 'chat',
          label: text('room.tab.chat'),
          content: <ChatAt history={history} clock={clock} position={position} openedAt={openedAt} />,
        },
        {
          id: 'moments',
          label: text('replay.tab.moments'),
          content: <Moments history={history} clock={clock} position={position} />,
        },
        { id: 'people', label: text('room.tab.people'), content: <PeopleAt history={history} position={position} /> },
      ]}
    />
  );
}

function ChatAt({
  history,
  clock,
  position,
  openedAt,
}: {
  history: History;
  clock: ReplayClock;
  position: number;
  openedAt: number;
}) {
  const text = useText();
  const [search, setSearch] = useState('');
  const wanted = search.trim().toLocaleLowerCase();
  const said = history.chatUntil(position).length;
  const found = history.chat.flatMap((message, index) => {
    const words = history.textOf(message.textId);
    return wanted === '' || words?.toLocaleLowerCase().includes(wanted) ? [{ message, words, index }] : [];
  });
  const now = useRef<HTMLLIElement>(null);
  useEffect(() => {
    now.current?.scrollIntoView({ block: 'nearest' });
  }, [said]);
  return (
    <>
      {history.chat.length > 0 && (
        <div className={styles.find}>
          <SearchField label={text('replay.chat.find')} value={search} onChange={setSearch} />
        </div>
      )}
      <div className={styles.scroll} tabIndex={0} role="log" aria-live="off" aria-label={text('room.chat.log')}>
        {history.chat.length === 0 && <EmptyState title={text('replay.chat.none')} />}
        {history.chat.length > 0 && found.length === 0 && <p className="muted small">{text('replay.chat.notFound')}</p>}
        <ol>
          {found.map(({ message, words, index }) => {
            const at = Math.max(0, message.at - openedAt);
            const last = index === said - 1;
            return (
              <li
                key={message.messageId}
                ref={last ? now : undefined}
                className={`${styles.line} ${last ? styles.now : ''} ${index >= said ? styles.later : ''}`}
                data-message-id={message.messageId}
                {...(last ? { 'aria-current': 'true' as const } : {})}
              >
                <TimeButton at={at} clock={clock} />
                <span>
                  <b>{history.nameOf(message.from) ?? text('replay.someone')}</b>
                  <br />
                  {words ?? <em className="muted">{text('room.chat.erased')}</em>}
                </span>
              </li>
            );
          })}
        </ol>
      </div>
    </>
  );
}

function TimeButton({ at, clock }: { at: number; clock: ReplayClock }) {
  const text = useText();
  return (
    <button
      type="button"
      className={`${styles.at} num`}
      aria-label={text('replay.goTo', { time: clockTime(at) })}
      onClick={() => clock.seek(at)}
    >
      <time dateTime={isoDuration(at)}>{clockTime(at)}</time>
    </button>
  );
}

function Moments({ history, clock, position }: { history: History; clock: ReplayClock; position: number }) {
  const text = useText();
  const current = history.moments.findLast((moment) => moment.at <= position);
  return (
    <div className={styles.scroll}>
      {history.moments.length === 0 && <EmptyState title={text('replay.moments.none')} />}
      <ol>
        {history.moments.map((moment) => (
          <li key={moment.key} className={`${styles.line} ${moment === current ? styles.now : ''}`}>
            <TimeButton at={moment.at} clock={clock} />
            <span>
              {text(`replay.moment.${moment.kind}`, {
                name: (moment.participantId && history.nameOf(moment.participantId)) ?? text('replay.someone'),
              })}
            </span>
          </li>
        ))}
      </ol>
    </div>
  );
}

function PeopleAt({ history, position }: { history: History; position: number }) {
  const text = useText();
  const seats = presentSeats(history.stateAt(position)).toSorted((a, b) => a.joinedAt - b.joinedAt);
  return (
    <div className={styles.scroll}>
      {seats.length === 0 && <EmptyState title={text('replay.people.none')} />}
      <ul>
        {seats.map((seat) => {
          const name = history.nameOf(seat.participantId) ?? text('replay.someone');
          return (
            <li key={seat.participantId} className={styles.person}>
              <Avatar name={name} seed={seat.participantId} />
              <span>
                {name}
                {(seat.role === 'instructor' || seat.role === 'ta') && <small>{text(`role.${seat.role}`)}</small>}
              </span>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
