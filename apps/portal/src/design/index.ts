/** The one folder of components: everything a page is made of comes through this door. */
export * from './components/Avatar.js';
export * from './components/BarButton.js';
export * from './components/Button.js';
export * from './components/Checkbox.js';
export * from './components/Chip.js';
export * from './components/Dialog.js';
export * from './components/Icon.js';
export * from './components/IconButton.js';
export * from './components/Menu.js';
export { fetchOverlaysSoon } from './components/overlays.js';
export * from './components/Meter.js';
export * from './components/Scrubber.js';
export * from './components/Select.js';
export * from './components/Skeleton.js';
export * from './components/States.js';
export * from './components/Tabs.js';
export * from './components/TextField.js';
export * from './components/Toast.js';
