import { ChevronLeft, ChevronRight } from 'lucide-react';
import { IconButton } from '../../design/index.js';
import { useText } from '../../shared/i18n/text.js';
import type { TilePage } from './layout.js';
import styles from './Stage.module.css';

/** To the tiles before and after those that are shown; nothing where all are. */
export function Pager({ shown, turn }: { shown: TilePage; turn: (page: number) => void }) {
  const text = useText();
  const { page, pages, first, last, count } = shown;
  if (pages < 2) return null;
  return (
    <div className={styles.pager} role="group" aria-label={text('room.tab.people')}>
      <IconButton
        icon={ChevronLeft}
        size="sm"
        label={text('room.page.previous')}
        isDisabled={page === 0}
        onPress={() => turn(page - 1)}
      />
      <span className="num">{text('room.page', { first, last, count })}</span>
      <IconButton
        icon={ChevronRight}
        size="sm"
        label={text('room.page.next')}
        isDisabled={page === pages - 1}
        onPress={() => turn(page + 1)}
      />
    </div>
  );
}
