import { lazy } from 'react';

/** Not part of what joining waits for: they are fetched in the device check, and the room stands without them. */
export const loadPanels = () => import('./panels.js');

export const ChatPanel = lazy(async () => ({ default: (await loadPanels()).ChatPanel }));
export const PeoplePanel = lazy(async () => ({ default: (await loadPanels()).PeoplePanel }));
