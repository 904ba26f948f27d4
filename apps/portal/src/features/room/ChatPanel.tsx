import { SendHorizontal } from 'lucide-react';
import { type FormEvent, memo, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { Button, EmptyState, Select, TextField } from '../../design/index.js';
import { useText } from '../../shared/i18n/text.js';
import { useTimes } from '../../shared/time/useTimes.js';
import { groupMessages } from './chat.js';
import type { ChatEntry, RoomActions } from './model.js';
import styles from './Chat.module.css';

type Address = 'room' | 'hosts';

/** What was written, oldest first, and the field to write in. Stays at the end unless the reader scrolled away. */
export const ChatPanel = memo(function ChatPanel({
  chat,
  send,
  isHost,
  writing,
  onWriting,
}: {
  chat: readonly ChatEntry[];
  send: RoomActions['sendChat'];
  isHost: boolean;
  /** The reader asked to write: the field takes the focus once and answers with `onWriting`. */
  writing: boolean;
  onWriting: () => void;
}) {
  const text = useText();
  const times = useTimes();
  const list = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const count = chat.length;
  useLayoutEffect(() => {
    const element = list.current;
    if (element && atEnd.current) element.scrollTop = element.scrollHeight;
  }, [count]);
  return (
    <div className={styles.chat}>
      <div
        ref={list}
        role="log"
        aria-label={text('room.chat.log')}
        aria-live="off"
        tabIndex={0}
        className={styles.log}
        onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) => {
          atEnd.current = scrollHeight - scrollTop - clientHeight < 40;
        }}
      >
        {count === 0 && <EmptyState title={text('room.chat.none')}>{text('room.chat.none.text')}</EmptyState>}
        {groupMessages(chat).map((group) => (
          <div key={group.key} className={styles.group}>
            <p className={styles.from}>
              <b>{group.isSelf ? text('room.chat.you') : group.name}</b>
              {group.to !== 'room' && <span className={styles.private}>{text(`room.chat.to.${group.to}`)}</span>}
              <time className="num" dateTime={new Date(group.at).toISOString()}>
                {times.time(new Date(group.at).toISOString())}
              </time>
            </p>
            {group.messages.map((message) => (
              <p key={message.messageId} className={styles.message} data-message-id={message.messageId}>
                {message.text ?? <em className="muted">{text('room.chat.erased')}</em>}
              </p>
            ))}
          </div>
        ))}
      </div>
      <Composer send={send} isHost={isHost} writing={writing} onWriting={onWriting} />
    </div>
  );
});

function Composer({
  send,
  isHost,
  writing,
  onWriting,
}: {
  send: RoomActions['sendChat'];
  isHost: boolean;
  writing: boolean;
  onWriting: () => void;
}) {
  const text = useText();
  const [words, setWords] = useState('');
  const [to, setTo] = useState<Address>('room');
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (!writing) return;
    field.current?.focus();
    onWriting();
  }, [writing, onWriting]);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const sent = words.trim();
    if (sent === '') return;
    setWords('');
    const arrived = await send(sent, { kind: to });
    if (!arrived) setWords((current) => (current === '' ? sent : current));
  };
  const options = [
    { id: 'room' as const, label: text('room.chat.to.room') },
    { id: 'hosts' as const, label: text('room.chat.to.hosts') },
  ];
  return (
    <form className={styles.composer} onSubmit={(event) => void submit(event)}>
      {!isHost && <Select label={text('room.chat.to')} bare options={options} value={to} onChange={setTo} />}
      <div className={styles.line}>
        <TextField
          inputRef={field}
          label={text('room.chat.message')}
          placeholder={text('room.chat.placeholder')}
          value={words}
          onChange={setWords}
          maxLength={4000}
          autoComplete="off"
        />
        <Button type="submit" variant="primary" icon={SendHorizontal}>
          {text('room.chat.send')}
        </Button>
      </div>
    </form>
  );
}
