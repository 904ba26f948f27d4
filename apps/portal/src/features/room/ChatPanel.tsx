import { SendHorizontal } from 'lucide-react';
import { type FormEvent, memo, useEffect, useMemo, useRef, useState } from 'react';
import { Button, EmptyState, Select, TextField } from '../../design/index.js';
import { useText } from '../../shared/i18n/text.js';
import { useTimes } from '../../shared/time/useTimes.js';
import { useLongList } from '../../shared/ui/useLongList.js';
import { type ChatGroup, groupMessages } from './chat.js';
import type { ChatEntry, RoomActions } from './model.js';
import styles from './Chat.module.css';

type Address = 'room' | 'hosts';

/** A name and two lines, in pixels; what is in sight is measured. */
const GROUP = 76;

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
  const scroller = useRef<HTMLDivElement>(null);
  const groups = useMemo(() => groupMessages(chat), [chat]);
  const list = useLongList({
    count: groups.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => GROUP,
    getItemKey: (index) => groups[index]?.key ?? index,
    anchorTo: 'end',
    followOnAppend: true,
    scrollEndThreshold: 40,
    initialOffset: () => groups.length * GROUP,
  });
  return (
    <div className={styles.chat}>
      <div
        ref={scroller}
        role="log"
        aria-label={text('room.chat.log')}
        aria-live="off"
        tabIndex={0}
        className={styles.log}
      >
        {groups.length === 0 && <EmptyState title={text('room.chat.none')}>{text('room.chat.none.text')}</EmptyState>}
        <div className={styles.groups} style={{ height: list.getTotalSize() }}>
          {list.getVirtualItems().map(({ index, key, start }) => {
            const group = groups[index];
            return (
              group && (
                <div
                  key={key}
                  ref={list.measureElement}
                  data-index={index}
                  className={styles.group}
                  style={{ transform: `translateY(${start}px)` }}
                >
                  <Group group={group} />
                </div>
              )
            );
          })}
        </div>
      </div>
      <Composer send={send} isHost={isHost} writing={writing} onWriting={onWriting} />
    </div>
  );
});

function Group({ group }: { group: ChatGroup }) {
  const text = useText();
  const times = useTimes();
  const at = new Date(group.at).toISOString();
  return (
    <>
      <p className={styles.from}>
        <b>{group.isSelf ? text('room.chat.you') : group.name}</b>
        {group.to !== 'room' && <span className={styles.private}>{text(`room.chat.to.${group.to}`)}</span>}
        <time className="num" dateTime={at}>
          {times.time(at)}
        </time>
      </p>
      {group.messages.map((message) => (
        <p key={message.messageId} className={styles.message} data-message-id={message.messageId}>
          {message.text ?? <em className="muted">{text('room.chat.erased')}</em>}
        </p>
      ))}
    </>
  );
}

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
