/** The room's side panels, in one chunk of their own (see lazyPanels.ts). */
export { ChatPanel } from './ChatPanel.js';
export { PeoplePanel } from './PeoplePanel.js';
