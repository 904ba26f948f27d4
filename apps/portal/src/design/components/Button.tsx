import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button as AriaButton, type ButtonProps as AriaButtonProps, Link, type LinkProps } from 'react-aria-components';
import styles from './Button.module.css';
import { Icon } from './Icon.js';

interface Look {
  variant?: 'plain' | 'primary' | 'quiet' | 'danger';
  size?: 'md' | 'sm';
  icon?: LucideIcon;
  wide?: boolean;
  children: ReactNode;
}

function lookOf({ variant = 'plain', size = 'md', wide = false }: Omit<Look, 'children'>): string {
  return [styles.button, styles[variant], styles[size], wide ? styles.wide : ''].filter(Boolean).join(' ');
}

export type ButtonProps = Omit<AriaButtonProps, 'children' | 'className' | 'style'> & Look;

/** The one button. `isPending` keeps its place and its focus, and says so to a screen reader. */
export function Button({ variant, size, icon, wide, children, ...rest }: ButtonProps) {
  return (
    <AriaButton {...rest} className={lookOf({ variant, size, wide })}>
      {rest.isPending ? <span className={styles.spinner} aria-hidden="true" /> : icon && <Icon of={icon} />}
      {children}
    </AriaButton>
  );
}

export type ButtonLinkProps = Omit<LinkProps, 'children' | 'className' | 'style'> & Look;

/** Goes somewhere, looks like the button. */
export function ButtonLink({ variant, size, icon, wide, children, ...rest }: ButtonLinkProps) {
  return (
    <Link {...rest} className={lookOf({ variant, size, wide })}>
      {icon && <Icon of={icon} />}
      {children}
    </Link>
  );
}
