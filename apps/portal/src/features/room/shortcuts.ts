export const roomShortcuts = {
  mic: 'M',
  camera: 'V',
  share: 'S',
  hand: 'H',
  people: 'P',
  chat: 'C',
  layout: 'L',
  help: '?',
} as const;
export type ShortcutName = keyof typeof roomShortcuts;

interface KeyPress {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  repeat: boolean;
  defaultPrevented: boolean;
}

/** Where a letter belongs to the field, or to a list that jumps by it. */
const WRITES =
  'input, textarea, select, [contenteditable], [role="textbox"], [role="combobox"], [role="listbox"], [role="menu"]';

/**
 * The shortcut a key press means in the room, or null. Letters typed into a field, held keys and combinations with a
 * modifier mean nothing here (WCAG 2.2, 2.1.4: they can also be switched off altogether).
 */
export function shortcutFor(
  press: KeyPress,
  target: { closest: (selector: string) => unknown } | null,
): ShortcutName | null {
  if (press.ctrlKey || press.metaKey || press.altKey || press.repeat || press.defaultPrevented) return null;
  if (target?.closest(WRITES)) return null;
  const key = press.key.toUpperCase();
  const found = Object.entries(roomShortcuts).find(([, shortcut]) => shortcut === key);
  return (found?.[0] as ShortcutName | undefined) ?? null;
}
