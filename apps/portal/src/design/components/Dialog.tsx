import { lazy, Suspense } from 'react';
import type { DialogProps } from './DialogModal.js';
import { loadDialog } from './overlays.js';

const DialogModal = lazy(async () => ({ default: (await loadDialog()).DialogModal }));

/** One thing at a time, above the page. Focus goes in and comes back. */
export function Dialog(props: DialogProps) {
  return (
    <Suspense>
      <DialogModal {...props} />
    </Suspense>
  );
}
