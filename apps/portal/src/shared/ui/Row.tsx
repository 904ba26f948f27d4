import type { ReactNode } from 'react';
import styles from './Row.module.css';

/** One line of a list: something before, a title with a small line below, something to do. */
export function Row({
  before,
  title,
  small,
  after,
  id,
  folds = false,
}: {
  before?: ReactNode;
  title: ReactNode;
  small?: ReactNode;
  after?: ReactNode;
  id?: string;
  /** On a phone what can be done stands below the words: for rows with something wide before them. */
  folds?: boolean;
}) {
  return (
    <li className={`${styles.row} ${folds ? styles.folds : ''}`} id={id}>
      {before}
      <div className={styles.body}>
        {title}
        {small && <small>{small}</small>}
      </div>
      {after && <div className={styles.after}>{after}</div>}
    </li>
  );
}

/** The day of a session: number and weekday, or number and month when it is further away. */
export function Day({ number, word }: { number: string; word: string }) {
  return (
    <span className={styles.day}>
      <b className="num">{number}</b>
      <small>{word}</small>
    </span>
  );
}
