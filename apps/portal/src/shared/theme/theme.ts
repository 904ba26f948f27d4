import { useSyncExternalStore } from 'react';
import { accentColours } from './accent.js';

export const themeChoices = ['system', 'light', 'dark'] as const;
export type ThemeChoice = (typeof themeChoices)[number];
export interface Appearance {
  theme: ThemeChoice;
  /** `system` follows the reader's contrast setting. */
  contrast: 'system' | 'more';
}

const KEY = 'lyceum.appearance';
const moreContrast = () => matchMedia('(prefers-contrast: more)');

function stored(): Appearance {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    const { theme, contrast } = (value ?? {}) as Partial<Appearance>;
    return {
      theme: themeChoices.find((choice) => choice === theme) ?? 'system',
      contrast: contrast === 'more' ? 'more' : 'system',
    };
  } catch {
    return { theme: 'system', contrast: 'system' };
  }
}

let current: Appearance = { theme: 'system', contrast: 'system' };
const listeners = new Set<() => void>();

function apply(): void {
  const root = document.documentElement;
  if (current.theme === 'system') delete root.dataset['theme'];
  else root.dataset['theme'] = current.theme;
  if (current.contrast === 'more' || moreContrast().matches) root.dataset['contrast'] = 'more';
  else delete root.dataset['contrast'];
}

/** Dresses the page before anything is drawn, and follows the system from then on. */
export function startTheme(): void {
  current = stored();
  apply();
  moreContrast().addEventListener('change', apply);
}

export function setAppearance(change: Partial<Appearance>): void {
  current = { ...current, ...change };
  try {
    localStorage.setItem(KEY, JSON.stringify(current));
  } catch {
    // Storage may be forbidden; then the choice lasts as long as the page.
  }
  apply();
  for (const listener of listeners) listener();
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};

export const useAppearance = (): Appearance => useSyncExternalStore(subscribe, () => current);

/** Puts the institution's colour in place of ours; null brings ours back. */
export function setAccent(accent: string | null): void {
  const { style } = document.documentElement;
  const colours = accent === null ? null : accentColours(accent);
  for (const role of ['accent', 'ink', 'soft', 'text'] as const) {
    const name = role === 'accent' ? '--accent' : `--accent-${role}`;
    if (colours) style.setProperty(name, `light-dark(${colours.light[role]}, ${colours.dark[role]})`);
    else style.removeProperty(name);
  }
}
