import { defaultRangeExtractor, type Range, useVirtualizer, type Virtualizer } from '@tanstack/react-virtual';

type Options = Parameters<typeof useVirtualizer<HTMLElement, HTMLElement>>[0];
export type LongList = Virtualizer<HTMLElement, HTMLElement>;

/** Up to this many rows are all in the page: the browser's own search finds them, and nothing about them is unusual. */
const WHOLE = 100;
/** Above and below what is in sight, so that Tab and a screen reader's next line find something there. */
const AROUND = 12;

/**
 * Rows of a list of any length, of which only those near the ones in sight are in the page. The row that has the focus stays,
 * however far it is scrolled away. Every row gets `ref={list.measureElement}` and `data-index`.
 */
export function useLongList(options: Omit<Options, 'overscan' | 'rangeExtractor'>): LongList {
  const whole = options.count <= WHOLE;
  return useVirtualizer<HTMLElement, HTMLElement>({
    ...options,
    overscan: whole ? options.count : AROUND,
    rangeExtractor: (range) => withFocused(range, options.getScrollElement()),
  });
}

function withFocused(range: Range, scroller: HTMLElement | null): number[] {
  const near = defaultRangeExtractor(range);
  const focused = document.activeElement?.closest<HTMLElement>('[data-index]');
  if (!focused || !scroller?.contains(focused)) return near;
  const index = Number(focused.dataset['index']);
  return near.includes(index) || index >= range.count ? near : [...near, index].toSorted((a, b) => a - b);
}
