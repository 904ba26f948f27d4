import { Dialog, Switch } from '../../design/index.js';
import { useText } from '../../shared/i18n/text.js';
import styles from './Room.module.css';
import { roomShortcuts, type ShortcutName } from './shortcuts.js';

/** What the keys do, and whether they do it. */
export function ShortcutSheet(props: {
  enabled: boolean;
  setEnabled: (enabled: boolean) => void;
  onClose: () => void;
}) {
  const text = useText();
  return (
    <Dialog title={text('room.shortcuts')} closeLabel={text('dialog.close')} isOpen onClose={props.onClose} width={420}>
      <dl className={styles.shortcuts}>
        {(Object.keys(roomShortcuts) as ShortcutName[]).map((name) => (
          <div key={name}>
            <dt>{text(`room.shortcut.${name}`)}</dt>
            <dd>
              <kbd>{roomShortcuts[name]}</kbd>
            </dd>
          </div>
        ))}
      </dl>
      <Switch isSelected={props.enabled} onChange={props.setEnabled}>
        {text('room.shortcuts.enabled')}
      </Switch>
    </Dialog>
  );
}
