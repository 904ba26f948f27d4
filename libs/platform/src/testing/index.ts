/** For specs of every library; nothing that runs in production imports it. */
export { recordingMarkers } from './markers.js';
export { MemoryStore } from './memory-store.js';
export { openTestDatabase, operatorConfigForTests, type TestDatabase } from './test-database.js';
