import type { LucideIcon } from 'lucide-react';
import { type ReactNode, type Ref, useId } from 'react';
import { Button, type ButtonProps, Tooltip, TooltipTrigger } from 'react-aria-components';
import styles from './BarButton.module.css';
import { Icon } from './Icon.js';
import tip from './IconButton.module.css';

interface BarButtonProps extends Omit<ButtonProps, 'children' | 'className' | 'style' | 'isDisabled'> {
  icon: LucideIcon;
  /** The word below the icon, and the accessible name unless `name` says more. */
  word: string;
  name?: string;
  state?: 'idle' | 'on' | 'off' | 'danger' | 'raised';
  /** For two-state controls; leave out where the word itself changes with the state. */
  pressed?: boolean;
  /** Why it can't be used now. Stays focusable and says the reason, greyed. */
  forbidden?: string;
  shortcut?: string;
  ref?: Ref<HTMLButtonElement>;
  children?: ReactNode;
}

/** A control of the room's bar: icon and word, its state in colour, word and role, always in its place. */
export function BarButton({
  icon,
  word,
  name,
  state = 'idle',
  pressed,
  forbidden,
  shortcut,
  children,
  onPress,
  ...rest
}: BarButtonProps) {
  const reasonId = useId();
  const title = forbidden ?? (shortcut ? `${name ?? word} (${shortcut})` : undefined);
  return (
    <TooltipTrigger delay={600} closeDelay={80} isDisabled={title === undefined}>
      <Button
        {...rest}
        {...(name ? { 'aria-label': name } : {})}
        {...(pressed === undefined ? {} : { 'aria-pressed': pressed })}
        {...(forbidden ? { 'aria-disabled': true, 'aria-describedby': reasonId } : {})}
        onPress={(event) => {
          if (!forbidden) onPress?.(event);
        }}
        className={`${styles.bar} ${styles[state]} ${forbidden ? styles.forbidden : ''}`}
      >
        <Icon of={icon} />
        <span className={styles.word}>{word}</span>
        {children}
        {forbidden && (
          <span id={reasonId} hidden>
            {forbidden}
          </span>
        )}
      </Button>
      <Tooltip className={tip.tooltip ?? ''} offset={8}>
        {title}
      </Tooltip>
    </TooltipTrigger>
  );
}
