import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { Menu as AriaMenu, MenuItem, MenuSection, MenuTrigger, Popover } from 'react-aria-components';
import { Icon } from './Icon.js';
import styles from './Menu.module.css';

export interface MenuEntry {
  id: string;
  label: string;
  icon?: LucideIcon;
  danger?: boolean;
  selected?: boolean;
  onAction: () => void;
}

/** A button (`trigger`, any of ours) and what it offers: entries that are `selected` or not are one choice of several. */
export function Menu({
  trigger,
  label,
  entries,
}: {
  trigger: ReactNode;
  label: string;
  entries: readonly MenuEntry[];
}) {
  const choices = entries.filter((entry) => entry.selected !== undefined);
  const actions = entries.filter((entry) => entry.selected === undefined);
  const items = (some: readonly MenuEntry[]) =>
    some.map((entry) => (
      <MenuItem
        key={entry.id}
        id={entry.id}
        textValue={entry.label}
        onAction={entry.onAction}
        className={`${styles.item} ${entry.danger ? styles.danger : ''}`}
      >
        {entry.icon && <Icon of={entry.icon} size={17} />}
        {entry.label}
      </MenuItem>
    ));
  return (
    <MenuTrigger>
      {trigger}
      <Popover className={styles.popover ?? ''} offset={6}>
        <AriaMenu aria-label={label} className={styles.list ?? ''}>
          {choices.length > 0 && (
            <MenuSection
              aria-label={label}
              selectionMode="single"
              selectedKeys={choices.filter(({ selected }) => selected).map(({ id }) => id)}
            >
              {items(choices)}
            </MenuSection>
          )}
          {items(actions)}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}
