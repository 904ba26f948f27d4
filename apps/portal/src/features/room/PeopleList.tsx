import { type ReactNode, type RefObject, useLayoutEffect, useRef, useState } from 'react';
import { useLongList } from '../../shared/ui/useLongList.js';
import type { Person } from './model.js';
import styles from './Panel.module.css';

/** A row with one line of text, in pixels; those with two are measured. */
const ROW = 44;

/** People under a title, in a scroller that may hold other such lists above. */
export function PeopleList({
  title,
  people,
  scroller,
  row,
}: {
  title: string;
  people: readonly Person[];
  scroller: RefObject<HTMLElement | null>;
  row: (person: Person) => ReactNode;
}) {
  const ref = useRef<HTMLUListElement>(null);
  const [top, setTop] = useState(0);
  // What stands above may have grown.
  useLayoutEffect(() => setTop(ref.current?.offsetTop ?? 0));
  const list = useLongList({
    count: people.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    getItemKey: (index) => people[index]?.participantId ?? index,
    scrollMargin: top,
  });
  return (
    <section aria-label={title}>
      <h2>{title}</h2>
      <ul ref={ref} className={styles.rows} style={{ height: list.getTotalSize() }}>
        {list.getVirtualItems().map(({ index, key, start }) => {
          const person = people[index];
          return (
            person && (
              <li
                key={key}
                ref={list.measureElement}
                data-index={index}
                data-participant-id={person.participantId}
                aria-setsize={people.length}
                aria-posinset={index + 1}
                className={styles.person}
                style={{ transform: `translateY(${start - top}px)` }}
              >
                {row(person)}
              </li>
            )
          );
        })}
      </ul>
    </section>
  );
}
