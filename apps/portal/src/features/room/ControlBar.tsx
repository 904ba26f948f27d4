import {
  CircleDot,
  CircleStop,
  Ellipsis,
  Hand,
  Keyboard,
  LayoutGrid,
  MessageSquare,
  Mic,
  MicOff,
  MonitorUp,
  MonitorX,
  Pause,
  PhoneOff,
  Play,
  Presentation,
  Settings2,
  Users,
  Video,
  VideoOff,
} from 'lucide-react';
import { BarButton, LevelBar, Menu, type MenuEntry } from '../../design/index.js';
import { useText } from '../../shared/i18n/text.js';
import type { LayoutMode } from './layout.js';
import type { RoomActions, SteadyRoom } from './model.js';
import styles from './Room.module.css';
import { roomShortcuts } from './shortcuts.js';
import { useLevel } from './useLevel.js';

interface Props {
  model: SteadyRoom;
  actions: RoomActions;
  mode: LayoutMode;
  setMode: (mode: LayoutMode) => void;
  unread: number;
  /** Null where there is no room for the panel: its tabs are sheets then. */
  phone: boolean;
  showPanel: (tab: 'people' | 'chat') => void;
  showShortcuts: () => void;
  askLeave: () => void;
}

/** The room's controls: always the same ones in the same place; each says its state in its word. */
export function ControlBar(props: Props) {
  const { model, actions, mode, setMode, askLeave } = props;
  const text = useText();
  const gallery = mode === 'gallery';
  return (
    <footer className={styles.bar} aria-label={text('room.bar')}>
      <div className={`${styles.controls} ${styles.wide}`}>
        <BarButton
          icon={gallery ? Presentation : LayoutGrid}
          word={text(gallery ? 'room.layout.speaker' : 'room.layout.gallery')}
          name={text(gallery ? 'room.layout.toSpeaker' : 'room.layout.toGallery')}
          shortcut={roomShortcuts.layout}
          onPress={() => setMode(gallery ? 'speaker' : 'gallery')}
        />
      </div>
      <div className={styles.controls}>
        <MicButton model={model} actions={actions} />
        <CameraButton model={model} actions={actions} />
        {model.may.share && !props.phone && (
          <BarButton
            icon={model.share === 'on' ? MonitorX : MonitorUp}
            word={text(model.share === 'on' ? 'room.share.stop' : 'room.share.start')}
            state={model.share === 'on' ? 'on' : 'idle'}
            isPending={model.share === 'starting'}
            shortcut={roomShortcuts.share}
            onPress={() => actions.setShare(model.share !== 'on')}
          />
        )}
        <BarButton
          icon={Hand}
          word={text('room.hand')}
          name={text(model.self.hand === null ? 'room.hand.raise' : 'room.hand.lower')}
          state={model.self.hand === null ? 'idle' : 'raised'}
          shortcut={roomShortcuts.hand}
          onPress={() => actions.setHand(model.self.hand === null)}
        />
        <More {...props} />
      </div>
      <div className={`${styles.controls} ${styles.end}`}>
        {model.may.record && !props.phone && <RecordButton model={model} actions={actions} />}
        <BarButton icon={PhoneOff} word={text('room.leave')} state="danger" onPress={askLeave} />
      </div>
    </footer>
  );
}

function MicButton({ model, actions }: { model: SteadyRoom; actions: RoomActions }) {
  const text = useText();
  const own = model.tracks.find((track) => track.isLocal && track.source === 'mic');
  const open = model.mic === 'open';
  const word = {
    open: 'room.mic.mute',
    muted: 'room.mic.unmute',
    starting: 'room.mic.starting',
    down: 'room.mic.down',
    blocked: 'room.mic.blocked',
    missing: 'room.mic.missing',
  } as const;
  const note = {
    open: null,
    muted: null,
    starting: null,
    down: 'room.mic.down.text',
    blocked: 'room.mic.blocked.text',
    missing: 'room.mic.missing.text',
  } as const;
  const why = note[model.mic];
  return (
    <BarButton
      icon={open ? Mic : MicOff}
      word={text(word[model.mic])}
      {...(why ? { name: `${text(word[model.mic])}. ${text(why)}` } : {})}
      state={open ? 'on' : 'off'}
      shortcut={roomShortcuts.mic}
      onPress={() => actions.setMic(!(open || model.mic === 'down' || model.mic === 'starting'))}
    >
      {open && <MicLevel track={own?.track} />}
    </BarButton>
  );
}

/** A component of its own: it draws ten times a second, and the bar around it must not. */
function MicLevel({ track }: { track: MediaStreamTrack | undefined }) {
  return <LevelBar level={useLevel(track)} />;
}

function CameraButton({ model, actions }: { model: SteadyRoom; actions: RoomActions }) {
  const text = useText();
  const on = model.camera === 'on';
  const word = {
    on: 'room.camera.stop',
    off: 'room.camera.start',
    starting: 'room.camera.starting',
    down: 'room.camera.down',
    blocked: 'room.camera.blocked',
    missing: 'room.camera.missing',
  } as const;
  return (
    <BarButton
      icon={on ? Video : VideoOff}
      word={text(word[model.camera])}
      {...(model.camera === 'blocked' || model.camera === 'missing'
        ? { name: `${text(word[model.camera])}. ${text(`room.camera.${model.camera}.text`)}` }
        : {})}
      state={on ? 'on' : 'off'}
      shortcut={roomShortcuts.camera}
      onPress={() => actions.setCamera(!(on || model.camera === 'down' || model.camera === 'starting'))}
    />
  );
}

function RecordButton({ model, actions }: { model: SteadyRoom; actions: RoomActions }) {
  const text = useText();
  if (!model.recording) {
    return <BarButton icon={CircleDot} word={text('room.record.start')} onPress={() => actions.setRecording('on')} />;
  }
  const { paused } = model.recording;
  return (
    <>
      <BarButton
        icon={paused ? Play : Pause}
        word={text(paused ? 'room.record.resume' : 'room.record.pause')}
        name={text(paused ? 'room.record.resume.name' : 'room.record.pause.name')}
        onPress={() => actions.setRecording(paused ? 'on' : 'paused')}
      />
      <BarButton
        icon={CircleStop}
        word={text('room.record.stop')}
        name={text('room.record.stop.name')}
        onPress={() => actions.setRecording('off')}
      />
    </>
  );
}

function More(props: Props) {
  const { model, actions, mode, setMode, phone } = props;
  const text = useText();
  const share = model.share === 'on';
  const onPhone: MenuEntry[] = [
    {
      id: 'chat',
      label: text('room.more.chat', { count: props.unread }),
      icon: MessageSquare,
      onAction: () => props.showPanel('chat'),
    },
    { id: 'people', label: text('room.tab.people'), icon: Users, onAction: () => props.showPanel('people') },
    {
      id: 'layout',
      label: text(mode === 'gallery' ? 'room.layout.toSpeaker' : 'room.layout.toGallery'),
      icon: LayoutGrid,
      onAction: () => setMode(mode === 'gallery' ? 'speaker' : 'gallery'),
    },
    ...(model.may.share
      ? [
          {
            id: 'share',
            label: text(share ? 'room.share.stop' : 'room.share.start'),
            icon: MonitorUp,
            onAction: () => actions.setShare(!share),
          },
        ]
      : []),
    ...(model.may.record
      ? [
          {
            id: 'record',
            label: text(model.recording ? 'room.record.stop.name' : 'room.record.start'),
            icon: CircleDot,
            onAction: () => actions.setRecording(model.recording ? 'off' : 'on'),
          },
        ]
      : []),
  ];
  const entries: MenuEntry[] = [
    ...(phone ? onPhone : []),
    { id: 'devices', label: text('room.more.devices'), icon: Settings2, onAction: actions.openDevices },
    { id: 'keys', label: text('room.more.shortcuts'), icon: Keyboard, onAction: props.showShortcuts },
  ];
  return (
    <Menu
      label={text('room.more')}
      entries={entries}
      trigger={
        <BarButton icon={Ellipsis} word={text('room.more')}>
          {phone && props.unread > 0 && <span className={styles.unread} aria-hidden="true" />}
        </BarButton>
      }
    />
  );
}
