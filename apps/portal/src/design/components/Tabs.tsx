import type { ReactNode } from 'react';
import { Tab, TabList, TabPanel, Tabs as AriaTabs } from 'react-aria-components';
import styles from './Tabs.module.css';

export interface TabItem<Id extends string> {
  id: Id;
  label: string;
  /** Things unseen behind this tab; `countLabel` is how a screen reader says it. */
  count?: number;
  countLabel?: string;
  content: ReactNode;
}

/** One panel at a time. The panel fills what is left of the height. */
export function Tabs<Id extends string>(props: {
  label: string;
  items: readonly TabItem<Id>[];
  selected: Id;
  onSelect: (id: Id) => void;
}) {
  return (
    <AriaTabs
      className={styles.tabs ?? ''}
      selectedKey={props.selected}
      onSelectionChange={(key) => {
        const item = props.items.find((candidate) => candidate.id === key);
        if (item) props.onSelect(item.id);
      }}
    >
      <TabList aria-label={props.label} className={styles.list ?? ''}>
        {props.items.map((item) => (
          <Tab key={item.id} id={item.id} className={styles.tab ?? ''}>
            {item.label}
            {item.count ? (
              <span className={`${styles.count} num`}>
                <span aria-hidden="true">{item.count}</span>
                <span className="sr-only">{item.countLabel ?? item.count}</span>
              </span>
            ) : null}
          </Tab>
        ))}
      </TabList>
      {props.items.map((item) => (
        <TabPanel key={item.id} id={item.id} className={styles.panel ?? ''}>
          {item.content}
        </TabPanel>
      ))}
    </AriaTabs>
  );
}
