import type { LucideIcon } from 'lucide-react';
import type { RefObject } from 'react';
import { Menu as AriaMenu, MenuItem, MenuSection, Popover } from 'react-aria-components';
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

/** What a menu's button opens; fetched apart from it (see overlays.ts). */
export function MenuPopover({
  triggerRef,
  label,
  entries,
  onClose,
}: {
  triggerRef: RefObject<HTMLButtonElement | null>;
  label: string;
  entries: readonly MenuEntry[];
  onClose: () => void;
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
    <Popover
      className={styles.popover ?? ''}
      aria-label={label}
      triggerRef={triggerRef}
      offset={6}
      isOpen
      onOpenChange={(open) => !open && onClose()}
    >
      <AriaMenu aria-label={label} className={styles.list ?? ''} autoFocus="first" onClose={onClose}>
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
  );
}
