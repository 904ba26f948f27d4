export type { MediaSnapshot, RemoteView } from './media-store.js';
export type { Negotiate } from './media-requests.js';
export type { LadderReason, LadderView, Rung } from './ladder.js';
export type { LocalTrack } from './publisher.js';
export type { MediaQuality } from './quality.js';
export type { RemoteTrack, TileSize } from './remote-track.js';
export { RoomMediaClient, type RoomMediaOptions } from './room-media-client.js';
export type { MediaClosedReason, MediaState, RoomMediaEvents } from './room-media-events.js';
export type { LocalStats, MediaStats, PathStats, RemoteStats } from './stats.js';
