import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useText } from '../../shared/i18n/text.js';
import { galleryColumns, gallerySize, SMALLEST_TILE, tilePage } from './layout.js';
import { Pager } from './Pager.js';
import styles from './Stage.module.css';

/** Everyone alike, as large as they can be; a page at a time where they would be too small to be recognised. */
export function Gallery({
  tiles,
  hasSomething,
  tileOf,
}: {
  tiles: readonly string[];
  hasSomething: (id: string) => boolean;
  tileOf: (id: string) => ReactNode;
}) {
  const text = useText();
  const ref = useRef<HTMLUListElement>(null);
  const [page, setPage] = useState(0);
  const [box, setBox] = useState({ width: 1200, height: 700 });
  useEffect(() => {
    const element = ref.current;
    if (!element) return;
    // Without the padding, which would make the last tile of a row go to the next one.
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setBox({ width: entry.contentRect.width, height: entry.contentRect.height });
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const shown = tilePage(tiles, gallerySize(box.width, box.height), page, hasSomething);
  const columns = galleryColumns(shown.ids.length, box.width, box.height);
  const rows = Math.ceil(shown.ids.length / columns);
  // Tiles stay 16:9; more people than fit scroll rather than shrink below what can be recognised.
  const width = Math.max(
    SMALLEST_TILE,
    Math.min((box.width - 12 * (columns - 1)) / columns, (((box.height - 12 * (rows - 1)) / rows) * 16) / 9),
  );
  return (
    <div className={styles.pages}>
      <ul
        ref={ref}
        className={styles.gallery}
        aria-label={text('room.gallery')}
        {...(shown.ids.length > 6 ? { tabIndex: 0 } : {})}
      >
        {shown.ids.map((id, index) => (
          <li key={id} style={{ width }} aria-setsize={shown.count} aria-posinset={shown.first + index}>
            {tileOf(id)}
          </li>
        ))}
      </ul>
      <Pager shown={shown} turn={setPage} />
    </div>
  );
}
