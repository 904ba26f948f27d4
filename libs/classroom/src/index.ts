export { RoomAccess, roleInRoom, type RoomGrant } from './access/room-access.js';
export { SeatTokens } from './access/seat-tokens.js';
export { RoomAttendance } from './application/attendance.js';
export { RoomDirectory } from './application/room-directory.js';
export { RoomEntrance, type PreparedSeat } from './application/room-entrance.js';
export { RoomLog, type ProjectedLog } from './application/room-log.js';
export { ClassroomHttpModule } from './classroom-http.module.js';
export { ClassroomLogModule } from './classroom-log.module.js';
export { ClassroomModule, type ClassroomOptions } from './classroom.module.js';
export { ClassroomRealtimeModule } from './classroom-realtime.module.js';
export { RoomEnded, RoomEvents } from './events/room-events.js';
export type { RoomRow } from './persistence/room-rows.js';
export { IceServers, type IceServerList } from './ports/ice-servers.js';
export {
  type Crowd,
  MediaGateway,
  type MediaGatewayEvent,
  type MediaSeat,
  type PlacedRoom,
  type RoomNodes,
  type WantedRecording,
  type WantedRoom,
  type WantedSeat,
} from './ports/media-gateway.js';
export { RoomGateway } from './realtime/room-gateway.js';
