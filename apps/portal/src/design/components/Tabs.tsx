import { type KeyboardEvent, type ReactNode, useId } from 'react';
import styles from './Tabs.module.css';

export interface TabItem<Id extends string> {
  id: Id;
  label: string;
  /** Things unseen behind this tab; `countLabel` is how a screen reader says it. */
  count?: number;
  countLabel?: string;
  content: ReactNode;
}

/**
 * One panel at a time, which fills what is left of the height. The tabs pattern of WAI-ARIA: Tab reaches the chosen tab, the
 * arrows, Home and End walk over the others and show each, and the focus stays on the tabs.
 */
export function Tabs<Id extends string>({
  label,
  items,
  selected,
  onSelect,
  onActivate,
}: {
  label: string;
  items: readonly TabItem<Id>[];
  selected: Id;
  onSelect: (id: Id) => void;
  /** A tab was clicked, or Enter or Space pressed on it, chosen already or not. Walking over it does not count. */
  onActivate?: (id: Id) => void;
}) {
  const own = useId();
  const tabId = (id: Id) => `${own}tab-${id}`;
  const panelId = `${own}panel`;
  const at = items.findIndex(({ id }) => id === selected);
  const walk = (event: KeyboardEvent) => {
    const places: Readonly<Record<string, number>> = {
      ArrowRight: at + 1,
      ArrowLeft: at - 1,
      Home: 0,
      End: items.length - 1,
    };
    const place = places[event.key];
    const next = place === undefined ? undefined : items.at(place % items.length);
    if (!next) return;
    event.preventDefault();
    onSelect(next.id);
    document.getElementById(tabId(next.id))?.focus();
  };
  return (
    <div className={styles.tabs}>
      <div role="tablist" aria-label={label} className={styles.list} onKeyDown={walk}>
        {items.map((item) => (
          <button
            key={item.id}
            type="button"
            role="tab"
            id={tabId(item.id)}
            className={styles.tab}
            aria-selected={item.id === selected}
            tabIndex={item.id === selected ? 0 : -1}
            {...(item.id === selected ? { 'aria-controls': panelId } : {})}
            onClick={() => {
              onSelect(item.id);
              onActivate?.(item.id);
            }}
          >
            {item.label}
            {item.count ? (
              <span className={`${styles.count} num`}>
                <span aria-hidden="true">{item.count}</span>
                <span className="sr-only">{item.countLabel ?? item.count}</span>
              </span>
            ) : null}
          </button>
        ))}
      </div>
      <div
        key={selected}
        role="tabpanel"
        id={panelId}
        aria-labelledby={tabId(selected)}
        tabIndex={0}
        className={styles.panel}
      >
        {items[at]?.content}
      </div>
    </div>
  );
}
