export type { CommandAnswer } from './pending-requests.js';
export { RoomClient, type RoomClientOptions } from './room-client.js';
export { RoomError } from './room-error.js';
export type { RoomConnection, RoomView } from './room-store.js';
