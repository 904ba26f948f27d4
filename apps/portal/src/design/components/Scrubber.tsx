import type { ReactNode } from 'react';
import styles from './Scrubber.module.css';

/** A position on a line, in whole seconds by the arrow keys; what stands on the line is drawn by `children`. */
export function Scrubber(props: {
  label: string;
  /** Said in place of the number. */
  valueText: string;
  value: number;
  max: number;
  onChange: (value: number) => void;
  children?: ReactNode;
}) {
  const share = props.max > 0 ? Math.min(100, (props.value / props.max) * 100) : 0;
  return (
    <div className={styles.scrubber}>
      <span className={styles.line} aria-hidden="true">
        <b style={{ width: `${share}%` }} />
      </span>
      {props.children}
      <input
        type="range"
        aria-label={props.label}
        aria-valuetext={props.valueText}
        min={0}
        max={Math.max(1, Math.round(props.max))}
        step={1000}
        value={Math.round(props.value)}
        onChange={({ currentTarget }) => props.onChange(Number(currentTarget.value))}
      />
      <span className={styles.knob} style={{ left: `${share}%` }} aria-hidden="true" />
    </div>
  );
}
