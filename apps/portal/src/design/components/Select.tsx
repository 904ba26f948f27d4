import { ChevronDown } from 'lucide-react';
import { Button, Label, ListBox, ListBoxItem, Popover, Select as AriaSelect, SelectValue } from 'react-aria-components';
import styles from './Field.module.css';
import { Icon } from './Icon.js';
import menu from './Menu.module.css';

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

/** One of a list. */
export function Select<Id extends string>({
  label,
  options,
  value,
  onChange,
  placeholder,
  isDisabled,
  bare,
}: SelectProps<Id>) {
  const known = options.some((option) => option.id === value);
  return (
    <AriaSelect
      className={styles.field ?? ''}
      value={known ? value : null}
      onChange={(key) => {
        const chosen = options.find((option) => option.id === key);
        if (chosen) onChange(chosen.id);
      }}
      placeholder={placeholder}
      isDisabled={isDisabled}
      {...(bare ? { 'aria-label': label } : {})}
    >
      {!bare && <Label className={styles.label}>{label}</Label>}
      <Button className={`${styles.input} ${styles.select}`}>
        <SelectValue className={styles.value ?? ''} />
        <Icon of={ChevronDown} size={17} />
      </Button>
      <Popover className={menu.popover ?? ''} offset={6}>
        <ListBox className={menu.list ?? ''} items={options}>
          {(option) => (
            <ListBoxItem id={option.id} textValue={option.label} className={menu.item ?? ''}>
              {option.label}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}
