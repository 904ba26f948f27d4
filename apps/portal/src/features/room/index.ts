export { beginAhead, skipsCheck } from './ahead.js';
export { RoomPage } from './RoomPage.js';
