import { lazy, type ReactNode, Suspense, useRef, useState } from 'react';
import { ButtonContext } from 'react-aria-components';
import type { MenuEntry } from './MenuPopover.js';
import { loadMenu } from './overlays.js';

export type { MenuEntry };

const MenuPopover = lazy(async () => ({ default: (await loadMenu()).MenuPopover }));

/** A button (`trigger`, any of ours) and what it offers: entries that are `selected` or not are one choice of several. */
export function Menu({
  trigger,
  label,
  entries,
}: {
  trigger: ReactNode;
  label: string;
  entries: readonly MenuEntry[];
}) {
  const [open, setOpen] = useState(false);
  const ref = useRef<HTMLButtonElement>(null);
  return (
    <>
      <ButtonContext
        value={{
          ref,
          'aria-haspopup': 'menu',
          'aria-expanded': open,
          onPress: () => setOpen(true),
          onKeyDown: (event) => {
            if (event.key === 'ArrowDown') setOpen(true);
            else event.continuePropagation();
          },
        }}
      >
        {trigger}
      </ButtonContext>
      {open && (
        <Suspense>
          <MenuPopover triggerRef={ref} label={label} entries={entries} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
