import type { ReactNode } from 'react';
import styles from './States.module.css';

interface StateProps {
  title: string;
  children?: ReactNode;
  actions?: ReactNode;
  /** `page` fills what is left of the screen; `section` stands inside a list's place. */
  place?: 'page' | 'section';
}

/** The only heading of its page, or one among others. */
function Title({ place, children }: { place: StateProps['place']; children: string }) {
  return place === 'page' ? <h1>{children}</h1> : <h2>{children}</h2>;
}

/** Nothing here, and that is fine: say what will be here and what can be done. */
export function EmptyState({ title, children, actions, place = 'section' }: StateProps) {
  return (
    <div className={`${styles.state} ${styles[place]}`}>
      <Title place={place}>{title}</Title>
      {children && <p>{children}</p>}
      {actions && <div className={styles.actions}>{actions}</div>}
    </div>
  );
}

/** Something went wrong: what happened and what to do, and the number that an administrator can look up. */
export function ErrorState({ reference, ...rest }: StateProps & { reference?: string }) {
  return (
    <div role="alert" className={`${styles.state} ${styles[rest.place ?? 'section']}`}>
      <Title place={rest.place}>{rest.title}</Title>
      {rest.children && <p>{rest.children}</p>}
      {rest.actions && <div className={styles.actions}>{rest.actions}</div>}
      {reference && <p className={styles.reference}>{reference}</p>}
    </div>
  );
}

/**
 * Something is on its way. A screen reader hears it at once; the eye sees it only when it takes longer than a moment,
 * because a flash of words is worse than none.
 */
export function LoadingState({ children, place = 'section' }: { children: string; place?: StateProps['place'] }) {
  return (
    <p role="status" className={`${styles.loading} ${styles[place]}`}>
      {children}
    </p>
  );
}
