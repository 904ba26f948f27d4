import type { LucideIcon } from 'lucide-react';
import { Button, type ButtonProps, Link, Tooltip, TooltipTrigger } from 'react-aria-components';
import { Icon } from './Icon.js';
import styles from './IconButton.module.css';

type Props = Omit<ButtonProps, 'children' | 'className' | 'style' | 'aria-label'> & {
  icon: LucideIcon;
  /** The accessible name, and the words of the tooltip. */
  label: string;
  tone?: 'plain' | 'accent' | 'signal';
  round?: boolean;
  size?: 'md' | 'sm';
};

/** For places too narrow for words (player controls, a row's tools). Anything a class depends on gets words instead. */
export function IconButton({ icon, label, tone = 'plain', round = false, size = 'md', ...rest }: Props) {
  return (
    <TooltipTrigger delay={500} closeDelay={80}>
      <Button
        {...rest}
        aria-label={label}
        className={[styles.icon, styles[tone], styles[size], round ? styles.round : ''].join(' ')}
      >
        <Icon of={icon} size={size === 'sm' ? 17 : 20} />
      </Button>
      <Tooltip className={styles.tooltip ?? ''} offset={6}>
        {label}
      </Tooltip>
    </TooltipTrigger>
  );
}

/** The same as a link: the way back. */
export function IconLink({ icon, label, href }: { icon: LucideIcon; label: string; href: string }) {
  return (
    <Link href={href} aria-label={label} className={[styles.icon, styles.plain, styles.md].join(' ')}>
      <Icon of={icon} />
    </Link>
  );
}
