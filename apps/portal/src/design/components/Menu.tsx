import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { Menu as AriaMenu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
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

/** A button (`trigger`, any of ours) and what it offers. Selected entries are radio items. */
export function Menu({
  trigger,
  label,
  entries,
}: {
  trigger: ReactNode;
  label: string;
  entries: readonly MenuEntry[];
}) {
  const selected = entries.filter((entry) => entry.selected).map((entry) => entry.id);
  const selectable = entries.some((entry) => entry.selected !== undefined);
  return (
    <MenuTrigger>
      {trigger}
      <Popover className={styles.popover ?? ''} offset={6}>
        <AriaMenu
          aria-label={label}
          className={styles.list ?? ''}
          selectionMode={selectable ? 'single' : 'none'}
          selectedKeys={selected}
          onAction={(key) => entries.find((entry) => entry.id === key)?.onAction()}
        >
          {entries.map((entry) => (
            <MenuItem
              key={entry.id}
              id={entry.id}
              textValue={entry.label}
              className={`${styles.item} ${entry.danger ? styles.danger : ''}`}
            >
              {entry.icon && <Icon of={entry.icon} size={17} />}
              {entry.label}
            </MenuItem>
          ))}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}
