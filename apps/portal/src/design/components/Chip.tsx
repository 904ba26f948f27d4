import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import styles from './Chip.module.css';
import { Icon } from './Icon.js';

export type ChipTone = 'plain' | 'rec' | 'live' | 'warn';

/** A short fact about the place one is in. Never a control. */
export function Chip({
  tone = 'plain',
  icon,
  dot = false,
  children,
  ...rest
}: {
  tone?: ChipTone;
  icon?: LucideIcon;
  dot?: boolean;
  children: ReactNode;
  title?: string;
}) {
  return (
    <span {...rest} className={`${styles.chip} ${styles[tone]} num`}>
      {dot && <span className={styles.dot} aria-hidden="true" />}
      {icon && <Icon of={icon} size={18} />}
      {children}
    </span>
  );
}
