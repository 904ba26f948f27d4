import { IceServers, MediaGateway, RoomAttendance } from '@lyceum/classroom';
import { MediaClientModule } from '@lyceum/media';
import { readSecret, type ApiConfig } from '@lyceum/platform/config';
import { processLogger } from '@lyceum/platform/telemetry';
import { AttendanceRecord } from '@lyceum/scheduling';
import { Global, Module, type DynamicModule } from '@nestjs/common';
import { MediasoupGateway } from './media-gateway.js';
import { TurnIceServers } from './turn-ice-servers.js';

/** What one domain asks for and another one gives: here, since neither may know the other. */
@Global()
@Module({})
export class PortsModule {
  static forRoot(config: ApiConfig): DynamicModule {
    const iceServers = () => new TurnIceServers(config.turn, readSecret(config.turn.secretFile));
    return {
      module: PortsModule,
      imports: [MediaClientModule.with(config, processLogger())],
      providers: [
        { provide: MediaGateway, useClass: MediasoupGateway },
        { provide: IceServers, useFactory: iceServers },
        { provide: AttendanceRecord, useExisting: RoomAttendance },
      ],
      exports: [MediaGateway, IceServers, AttendanceRecord],
    };
  }
}
