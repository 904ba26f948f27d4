import { type ReactNode, useEffect } from 'react';
import styles from './Page.module.css';

/** Names the tab: the page first, then the place. */
export function useDocumentTitle(...parts: (string | undefined)[]): void {
  const title = [...parts.filter(Boolean), 'Lyceum'].join(' · ');
  useEffect(() => {
    document.title = title;
  }, [title]);
}

/** A page below the navigation: title in the academic voice, one line below it, then what it is about. */
export function Page(props: {
  title: ReactNode;
  lead?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
  wide?: boolean;
}) {
  return (
    <div className={`${styles.page} ${props.wide ? styles.wide : ''}`}>
      <header className={styles.head}>
        <div className={styles.titles}>
          <h1>{props.title}</h1>
          {props.lead && <p className="muted">{props.lead}</p>}
        </div>
        {props.actions && <div className={styles.actions}>{props.actions}</div>}
      </header>
      {props.children}
    </div>
  );
}

/** A titled part of a page. */
export function Section({ title, aside, children }: { title: string; aside?: ReactNode; children: ReactNode }) {
  return (
    <section className={styles.section} aria-label={title}>
      <div className={styles.sectionHead}>
        <h2>{title}</h2>
        {aside}
      </div>
      {children}
    </section>
  );
}
