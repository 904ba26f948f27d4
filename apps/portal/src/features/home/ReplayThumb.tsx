import { CirclePlay } from 'lucide-react';
import { Icon } from '../../design/index.js';
import { clockTime } from '../../shared/time/format.js';
import styles from './HomeView.module.css';

/** Stands for a replay until there are thumbnails: a sheet of paper and the length. */
export function ReplayThumb({ durationMs }: { durationMs: number | null }) {
  return (
    <span className={styles.thumb} aria-hidden="true">
      <Icon of={CirclePlay} size={20} />
      {durationMs !== null && <span className="num">{clockTime(durationMs)}</span>}
    </span>
  );
}
