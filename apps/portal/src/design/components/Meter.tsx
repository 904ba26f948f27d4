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
export function Meter({ label, level }: { label: string; level: number }) {
  const share = Math.max(0, Math.min(1, level));
  return (
    <div role="meter" aria-label={label} aria-valuemin={0} aria-valuemax={100} aria-valuenow={Math.round(share * 100)}>
      <span className={styles.meter}>
        <span style={{ scale: `${share} 1` }} />
      </span>
    </div>
  );
}
