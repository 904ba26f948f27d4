import { memo, Suspense, useCallback, useEffect, useState } from 'react';
import { Dialog, Tabs } from '../../design/index.js';
import { useText } from '../../shared/i18n/text.js';
import { useMediaQuery } from '../../shared/ui/useMediaQuery.js';
import { ControlBar } from './ControlBar.js';
import type { LayoutMode } from './layout.js';
import { ChatPanel, PeoplePanel } from './lazyPanels.js';
import { LeaveDialog } from './LeaveDialog.js';
import type { RoomActions, SteadyRoom } from './model.js';
import { Notices } from './Notices.js';
import { useStored } from './preferences.js';
import styles from './Room.module.css';
import { ShortcutSheet } from './ShortcutSheet.js';
import { shortcutFor } from './shortcuts.js';
import { Stage } from './Stage.js';
import { TopBar } from './TopBar.js';
import { useAnnouncements } from './useAnnouncements.js';

type Tab = 'people' | 'chat';

/** The room as one sees it. Knows nothing of sockets: `model` comes in, `actions` go out. */
export const RoomView = memo(function RoomView({ model, actions }: { model: SteadyRoom; actions: RoomActions }) {
  const text = useText();
  const phone = useMediaQuery('(max-width: 760px)');
  const [mode, setMode] = useState<LayoutMode>('speaker');
  const [tab, setTab] = useState<Tab>('people');
  const [sheet, setSheet] = useState<Tab | null>(null);
  const [dialog, setDialog] = useState<'leave' | 'shortcuts' | null>(null);
  const [keysOn, setKeysOn] = useStored('shortcuts', true);
  const [writing, setWriting] = useState(false);
  const onWriting = useCallback(() => setWriting(false), []);
  const chatOpen = phone ? sheet === 'chat' : tab === 'chat';
  const unread = useUnread(model.chat.length, chatOpen);
  useAnnouncements(model, chatOpen, keysOn);

  const showPanel = useCallback(
    (wanted: Tab) => {
      setTab(wanted);
      // On a phone the keyboard would cover the messages before they were read.
      if (phone) setSheet(wanted);
      else setWriting(wanted === 'chat');
    },
    [phone],
  );
  const askLeave = () => (model.may.end ? setDialog('leave') : actions.leave());
  useShortcuts(keysOn && dialog === null, {
    mic: () => actions.setMic(model.mic !== 'open'),
    camera: () => actions.setCamera(model.camera !== 'on'),
    share: () => model.may.share && actions.setShare(model.share !== 'on'),
    hand: () => actions.setHand(model.self.hand === null),
    people: () => showPanel('people'),
    chat: () => showPanel('chat'),
    layout: () => setMode(mode === 'gallery' ? 'speaker' : 'gallery'),
    help: () => setDialog('shortcuts'),
  });

  const people = (
    <Suspense>
      <PeoplePanel model={model} actions={actions} />
    </Suspense>
  );
  const chat = (
    <Suspense>
      <ChatPanel
        chat={model.chat}
        send={actions.sendChat}
        isHost={model.may.moderate}
        writing={writing}
        onWriting={onWriting}
      />
    </Suspense>
  );
  return (
    <div className={styles.room} data-room-state={model.phase} data-ladder-rung={model.ladder?.rung ?? 'full'}>
      <TopBar model={model} onPeople={() => showPanel('people')} />
      <main className={styles.stageArea} aria-label={text('room.stage')}>
        <Notices model={model} actions={actions} keys={keysOn} />
        <div className={styles.stageBox}>
          <Stage model={model} mode={mode} watch={actions.watch} />
        </div>
      </main>
      {!phone && (
        <aside className={styles.panel} aria-label={text('room.panel')}>
          <Tabs<Tab>
            label={text('room.panel')}
            selected={tab}
            onSelect={setTab}
            onActivate={showPanel}
            items={[
              { id: 'people', label: text('room.tab.people'), content: people },
              {
                id: 'chat',
                label: text('room.tab.chat'),
                count: unread,
                countLabel: text('room.tab.unread', { count: unread }),
                content: chat,
              },
            ]}
          />
        </aside>
      )}
      <ControlBar
        model={model}
        actions={actions}
        mode={mode}
        setMode={setMode}
        unread={unread}
        phone={phone}
        showPanel={showPanel}
        showShortcuts={() => setDialog('shortcuts')}
        askLeave={askLeave}
      />
      {phone && sheet && (
        <Dialog
          kind="sheet"
          title={text(sheet === 'chat' ? 'room.tab.chat' : 'room.tab.people')}
          closeLabel={text('dialog.close')}
          isOpen
          onClose={() => setSheet(null)}
        >
          <div className={styles.sheet}>{sheet === 'chat' ? chat : people}</div>
        </Dialog>
      )}
      {dialog === 'shortcuts' && (
        <ShortcutSheet enabled={keysOn} setEnabled={setKeysOn} onClose={() => setDialog(null)} />
      )}
      {dialog === 'leave' && (
        <LeaveDialog onClose={() => setDialog(null)} leave={actions.leave} end={actions.endForAll} />
      )}
    </div>
  );
});

/** Messages since the chat was last in sight. */
function useUnread(count: number, open: boolean): number {
  const [seen, setSeen] = useState(count);
  if (open && seen !== count) setSeen(count);
  return open ? 0 : Math.max(0, count - seen);
}

function useShortcuts(enabled: boolean, run: Record<NonNullable<ReturnType<typeof shortcutFor>>, () => unknown>): void {
  useEffect(() => {
    if (!enabled) return;
    const listen = (event: KeyboardEvent) => {
      const name = shortcutFor(event, event.target instanceof Element ? event.target : null);
      if (!name) return;
      event.preventDefault();
      run[name]();
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  });
}
