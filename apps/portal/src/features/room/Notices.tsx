import { CircleDot, Cpu, type LucideIcon, MicOff, VideoOff, Volume2, WifiOff, X } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Button, Icon, IconButton } from '../../design/index.js';
import { useText } from '../../shared/i18n/text.js';
import { LadderLine } from './LadderLine.js';
import type { RoomActions, SteadyRoom } from './model.js';
import styles from './Room.module.css';
import { roomShortcuts } from './shortcuts.js';

/** What everyone must know now, above the stage: one line each, in words. `keys`: the shortcuts are switched on. */
export function Notices({ model, actions, keys }: { model: SteadyRoom; actions: RoomActions; keys: boolean }) {
  const text = useText();
  const [recorded, agree] = useDismissible(model.recording !== null);
  const [micMissing, acceptMissing] = useDismissible(model.mic === 'missing');
  const [busy, acceptBusy] = useDismissible(model.ladder?.reason === 'cpu');
  return (
    <div className={styles.notices}>
      {model.phase === 'reconnecting' && (
        <Notice icon={WifiOff} tone="lost" role="alert" title={text('room.reconnecting')}>
          {text('room.reconnecting.text')}
        </Notice>
      )}
      {model.soundBlocked && (
        <Notice
          icon={Volume2}
          role="alert"
          action={
            <Button size="sm" variant="primary" onPress={actions.unblockSound}>
              {text('room.sound.turnOn')}
            </Button>
          }
        >
          {text('room.sound.blocked')}
        </Notice>
      )}
      {micMissing && (
        <Notice
          icon={MicOff}
          tone="lost"
          role="alert"
          title={text('room.device.mic.gone')}
          action={<Dismiss onPress={acceptMissing} />}
        >
          {text('room.device.mic.gone.text')}
        </Notice>
      )}
      {model.talkingMuted && (
        // Said by the announcer, which knows when to be silent.
        <Notice
          icon={MicOff}
          title={text('room.talkingMuted')}
          action={<Dismiss onPress={actions.dismissTalkingMuted} />}
        >
          {keys ? text('room.talkingMuted.text', { key: roomShortcuts.mic }) : text('room.talkingMuted.text.noKeys')}
        </Notice>
      )}
      {model.cameraResting && (
        <Notice icon={VideoOff} role="status" title={text('room.camera.resting')}>
          {text('room.camera.resting.text')}
        </Notice>
      )}
      {busy && (
        <Notice
          icon={Cpu}
          role="status"
          title={text('room.busy')}
          action={
            <Button size="sm" onPress={acceptBusy}>
              {text('room.ok')}
            </Button>
          }
        >
          {text(model.camera === 'on' ? 'room.busy.text' : 'room.busy.text.noVideo')}
        </Notice>
      )}
      <p className={styles.narrow}>
        <LadderLine ladder={model.ladder} />
      </p>
      {recorded && (
        <Notice
          icon={CircleDot}
          tone="recorded"
          role="status"
          title={text('room.recorded')}
          action={
            <Button size="sm" onPress={agree}>
              {text('room.ok')}
            </Button>
          }
        >
          {text(model.may.record ? 'room.recorded.host' : 'room.recorded.text')}
        </Notice>
      )}
    </div>
  );
}

function Notice(props: {
  icon: LucideIcon;
  tone?: 'lost' | 'recorded';
  role?: 'alert' | 'status';
  title?: string;
  children: ReactNode;
  action?: ReactNode;
}) {
  const { icon, tone, role, title, children, action } = props;
  return (
    <div role={role} className={`${styles.notice} ${tone ? styles[tone] : ''}`}>
      <Icon of={icon} size={18} />
      <p>
        {title && <b>{title}</b>} {children}
      </p>
      {action}
    </div>
  );
}

function Dismiss({ onPress }: { onPress: () => void }) {
  return <IconButton icon={X} size="sm" label={useText()('toast.dismiss')} onPress={onPress} />;
}

/** Shown while `stands`, until it is dismissed; the next time it stands it is shown again. */
function useDismissible(stands: boolean): [shown: boolean, dismiss: () => void] {
  const [dismissed, setDismissed] = useState(false);
  if (dismissed && !stands) setDismissed(false);
  return [stands && !dismissed, () => setDismissed(true)];
}
