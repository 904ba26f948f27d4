/*
 * Menus and dialogs open after a click, so their code is not part of what a page waits for. It comes soon after the page all
 * the same: whoever has lost the network must still be able to leave a class.
 */
export const loadMenu = () => import('./MenuPopover.js');
export const loadDialog = () => import('./DialogModal.js');

/** Long enough for the page and, in a room, the call library to be there first. */
const AFTER_MS = 3_000;

/** Fetches both in the background. What fails is tried again at the click. */
export function fetchOverlaysSoon(): void {
  setTimeout(() => {
    for (const load of [loadMenu, loadDialog]) load().catch(() => undefined);
  }, AFTER_MS);
}
