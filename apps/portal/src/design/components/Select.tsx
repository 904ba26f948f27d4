import { ChevronDown } from 'lucide-react';
import { useId } from 'react';
import styles from './Field.module.css';
import { Icon } from './Icon.js';

export interface SelectOption<Id extends string> {
  id: Id;
  label: string;
}

interface SelectProps<Id extends string> {
  label: string;
  options: readonly SelectOption<Id>[];
  value: Id | null;
  onChange: (id: Id) => void;
  placeholder?: string;
  isDisabled?: boolean;
  /** Hide the label where the surroundings say it already; it stays the accessible name. */
  bare?: boolean;
}

/**
 * One of a list. The browser's own control: every phone and screen reader has its best way to choose from it, and it costs no
 * script. Where the browser lets us, its list is dressed as our menus are.
 */
export function Select<Id extends string>({
  label,
  options,
  value,
  onChange,
  placeholder,
  isDisabled = false,
  bare,
}: SelectProps<Id>) {
  const id = useId();
  const known = options.some((option) => option.id === value);
  return (
    <div className={styles.field}>
      {!bare && (
        <label className={styles.label} htmlFor={id}>
          {label}
        </label>
      )}
      <span className={styles.chooser}>
        <select
          id={id}
          className={`${styles.input} ${styles.select}`}
          value={known ? (value ?? '') : ''}
          disabled={isDisabled}
          {...(bare ? { 'aria-label': label } : {})}
          onChange={({ currentTarget }) => {
            const chosen = options.find((option) => option.id === currentTarget.value);
            if (chosen) onChange(chosen.id);
          }}
        >
          {!known && (
            <option value="" hidden>
              {placeholder}
            </option>
          )}
          {options.map((option) => (
            <option key={option.id} value={option.id}>
              {option.label}
            </option>
          ))}
        </select>
        <Icon of={ChevronDown} size={17} />
      </span>
    </div>
  );
}
