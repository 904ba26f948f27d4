import { Module, type DynamicModule } from '@nestjs/common';
import { WantedReader } from './application/wanted-reader.js';
import { PlacementRows } from './persistence/placement-rows.js';
import { GATEWAY_OPTIONS, type GatewayOptions } from './realtime/gateway-options.js';
import { LiveReader } from './realtime/live-reader.js';
import { LiveRooms } from './realtime/live-rooms.js';
import { MediaBridge } from './realtime/media-bridge.js';
import { Presence } from './realtime/presence.js';
import { RoomGateway } from './realtime/room-gateway.js';
import { RoomSweeper } from './realtime/room-sweeper.js';
import { SignOutWatch } from './realtime/sign-out-watch.js';
import { SocketServices } from './realtime/socket-services.js';

/**
 * The WebSocket edge of rooms. Needs `ClassroomModule.forRoot` and, from a global module, `MediaGateway`; the application
 * attaches `RoomGateway` to its HTTP server.
 */
@Module({})
export class ClassroomRealtimeModule {
  static forRoot(options: GatewayOptions): DynamicModule {
    return {
      module: ClassroomRealtimeModule,
      providers: [
        { provide: GATEWAY_OPTIONS, useValue: options },
        LiveReader,
        LiveRooms,
        MediaBridge,
        PlacementRows,
        Presence,
        RoomGateway,
        RoomSweeper,
        SignOutWatch,
        SocketServices,
        WantedReader,
      ],
      exports: [RoomGateway],
    };
  }
}
