import { CircleDot, Volume2, WifiOff } from 'lucide-react';
import { useState } from 'react';
import { Button, Icon } from '../../design/index.js';
import { useText } from '../../shared/i18n/text.js';
import type { RoomActions, SteadyRoom } from './model.js';
import styles from './Room.module.css';

/** What everyone must know now, above the stage: one line each, in words. */
export function Notices({ model, actions }: { model: SteadyRoom; actions: RoomActions }) {
  const text = useText();
  const [agreed, setAgreed] = useState(false);
  const [wasRecording, setWasRecording] = useState(model.recording !== null);
  const recording = model.recording !== null;
  if (recording !== wasRecording) {
    setWasRecording(recording);
    if (recording) setAgreed(false);
  }
  return (
    <div className={styles.notices}>
      {model.phase === 'reconnecting' && (
        <div role="alert" className={`${styles.notice} ${styles.lost}`}>
          <Icon of={WifiOff} size={18} />
          <p>
            <b>{text('room.reconnecting')}</b> {text('room.reconnecting.text')}
          </p>
        </div>
      )}
      {model.soundBlocked && (
        <div role="alert" className={styles.notice}>
          <Icon of={Volume2} size={18} />
          <p>{text('room.sound.blocked')}</p>
          <Button size="sm" variant="primary" onPress={actions.unblockSound}>
            {text('room.sound.turnOn')}
          </Button>
        </div>
      )}
      {recording && !agreed && (
        <div role="status" className={`${styles.notice} ${styles.recorded}`}>
          <Icon of={CircleDot} size={18} />
          <p>
            <b>{text('room.recorded')}</b> {text(model.may.record ? 'room.recorded.host' : 'room.recorded.text')}
          </p>
          <Button size="sm" onPress={() => setAgreed(true)}>
            {text('room.recorded.ok')}
          </Button>
        </div>
      )}
    </div>
  );
}
