import { ChevronLeft } from 'lucide-react';
import type { ReactNode } from 'react';
import { IconLink } from '../../design/index.js';
import styles from './PlaceBar.module.css';

/** The bar above the room, its device check and the replay: the way back, where one is, and what else there is to know. */
export function PlaceBar({
  back,
  title,
  heading = true,
  children,
}: {
  back: { href: string; label: string };
  title: ReactNode;
  /** False where another title is the page's heading. */
  heading?: boolean;
  children?: ReactNode;
}) {
  return (
    <header className={styles.bar}>
      <IconLink icon={ChevronLeft} label={back.label} href={back.href} />
      {heading ? <h1 className={styles.title}>{title}</h1> : <span className={styles.title}>{title}</span>}
      {children}
    </header>
  );
}
