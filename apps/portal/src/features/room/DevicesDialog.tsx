import { Dialog, Select } from '../../design/index.js';
import { useText } from '../../shared/i18n/text.js';
import type { LocalMedia } from './engine/localMedia.js';
import type { LocalMediaView } from './model.js';
import styles from './Room.module.css';

/** Other devices without leaving: the tracks are replaced in the call. */
export function DevicesDialog({
  local,
  devices,
  onClose,
}: {
  local: LocalMediaView;
  devices: Pick<LocalMedia, 'chooseMic' | 'chooseCamera' | 'chooseSpeaker'>;
  onClose: () => void;
}) {
  const text = useText();
  return (
    <Dialog title={text('room.devices')} closeLabel={text('dialog.close')} isOpen onClose={onClose} width={420}>
      <div className={styles.devices}>
        <Select
          label={text('room.check.camera')}
          options={local.cameras}
          value={local.cameraId}
          placeholder={text('room.check.camera.default')}
          onChange={(id) => void devices.chooseCamera(id)}
          isDisabled={local.cameras.length === 0}
        />
        <Select
          label={text('room.check.mic')}
          options={local.mics}
          value={local.micId}
          placeholder={text('room.check.mic.default')}
          onChange={(id) => void devices.chooseMic(id)}
          isDisabled={local.mics.length === 0}
        />
        <Select
          label={text('room.check.speaker')}
          options={local.speakers}
          value={local.speakerId}
          placeholder={text('room.check.speaker.default')}
          onChange={(id) => devices.chooseSpeaker(id)}
          isDisabled={local.speakers.length === 0}
        />
      </div>
    </Dialog>
  );
}
