import type { LucideIcon } from 'lucide-react';
import { Avatar, Icon } from '../../design/index.js';
import styles from './Tile.module.css';

/** Where no picture is (yet): whose place it is. */
export function Initials({ name, seed, size }: { name: string; seed: string; size: number }) {
  return (
    <span className={styles.initials}>
      <Avatar name={name} seed={seed} size={size} />
    </span>
  );
}

/** Whose picture it is, in its corner. `hidden` where the picture itself has the name. */
export function NameTag({ icon, name, hidden = false }: { icon?: LucideIcon; name: string; hidden?: boolean }) {
  return (
    <span className={styles.who} {...(hidden ? { 'aria-hidden': true } : {})}>
      {icon && <Icon of={icon} size={13} />}
      <span>{name}</span>
    </span>
  );
}
