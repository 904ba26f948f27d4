import type { ReactNode } from 'react';
import styles from './DesignPage.module.css';

/** A titled part of the page of components. */
export function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={styles.part} aria-label={title}>
      <h2>{title}</h2>
      {children}
    </section>
  );
}
