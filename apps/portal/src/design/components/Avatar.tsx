import styles from './Avatar.module.css';
import { avatarColour, initials } from './avatar.js';

/** A person without a picture: initials on a colour that stays theirs. Decoration beside the name, so hidden from readers. */
export function Avatar({ name, seed, size = 32 }: { name: string; seed?: string; size?: number }) {
  return (
    <span
      className={styles.avatar}
      aria-hidden="true"
      style={{
        width: size,
        height: size,
        fontSize: Math.max(10, Math.round(size * 0.36)),
        background: avatarColour(seed ?? name),
      }}
    >
      {initials(name)}
    </span>
  );
}
