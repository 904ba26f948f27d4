import { Check } from 'lucide-react';
import type { ReactNode } from 'react';
import { Checkbox as AriaCheckbox, Switch as AriaSwitch } from 'react-aria-components';
import styles from './Field.module.css';
import { Icon } from './Icon.js';

interface Props {
  isSelected: boolean;
  onChange: (selected: boolean) => void;
  isDisabled?: boolean;
  children: ReactNode;
}

/** A choice that counts when the form is sent. */
export function Checkbox({ children, ...rest }: Props) {
  return (
    <AriaCheckbox {...rest} className={styles.check ?? ''}>
      <span className={styles.box} aria-hidden="true">
        <Icon of={Check} size={14} />
      </span>
      {children}
    </AriaCheckbox>
  );
}

/** A choice that counts at once. */
export function Switch({ children, ...rest }: Props) {
  return (
    <AriaSwitch {...rest} className={styles.check ?? ''}>
      <span className={styles.knob} aria-hidden="true" />
      {children}
    </AriaSwitch>
  );
}
