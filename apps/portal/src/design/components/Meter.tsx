import { Meter as AriaMeter } from 'react-aria-components';
import styles from './Meter.module.css';

/** A level between 0 and 1, such as the microphone's. Drawn only: nobody wants it read out twenty times a second. */
export function LevelBar({ level }: { level: number }) {
  return (
    <span className={styles.level} aria-hidden="true">
      <span style={{ scale: `${Math.max(0, Math.min(1, level))} 1` }} />
    </span>
  );
}

/** A level with a name that can be asked for. */
export function Meter({ label, level, valueLabel }: { label: string; level: number; valueLabel?: string }) {
  return (
    <AriaMeter
      aria-label={label}
      value={Math.round(level * 100)}
      valueLabel={valueLabel}
      className={styles.meter ?? ''}
    >
      <span style={{ scale: `${Math.max(0, Math.min(1, level))} 1` }} />
    </AriaMeter>
  );
}
