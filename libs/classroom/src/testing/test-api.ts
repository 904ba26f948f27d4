import type { Server } from 'node:http';
import { AuditModule } from '@lyceum/platform/audit';
import { DatabaseModule } from '@lyceum/platform/database';
import { FanoutModule } from '@lyceum/platform/fanout';
import { HealthModule } from '@lyceum/platform/health';
import { HttpModule, createHttpApplication } from '@lyceum/platform/http';
import { Global, Module, type INestApplication } from '@nestjs/common';
import { ClassroomHttpModule } from '../classroom-http.module.js';
import { ClassroomModule } from '../classroom.module.js';
import { ClassroomRealtimeModule } from '../classroom-realtime.module.js';
import { IceServers } from '../ports/ice-servers.js';
import { MediaGateway } from '../ports/media-gateway.js';
import { RoomGateway } from '../realtime/room-gateway.js';
import { EnrolmentPolicy, HeaderAuthenticator, NoIceServers, RecordingMedia } from './doubles.js';
import { testAppliance } from './test-appliance.js';

export const ORIGIN = 'https://lyceum.example';
/** The test's sockets come from loopback and say where they pretend to be, as behind an edge. */
const REGIONS = { north: ['10.1.0.0/16'], south: ['10.2.0.0/16'] };
export const SEAT_KEY = new Uint8Array(32).fill(42);

@Global()
@Module({
  providers: [
    RecordingMedia,
    { provide: MediaGateway, useExisting: RecordingMedia },
    { provide: IceServers, useClass: NoIceServers },
  ],
  exports: [RecordingMedia, MediaGateway, IceServers],
})
class PortsModule {}

@Module({ providers: [HeaderAuthenticator, EnrolmentPolicy], exports: [HeaderAuthenticator, EnrolmentPolicy] })
class SignInModule {}

/** One api process of the test: everything real but sign-in, media and TURN. */
export interface TestApi {
  readonly app: INestApplication;
  readonly media: RecordingMedia;
  /** `host:port` of its HTTP server. */
  readonly host: string;
}

export async function startApi(name: string): Promise<TestApi> {
  const { database, redis } = testAppliance();
  const modules = [
    DatabaseModule.forRoot({ ...database, poolSize: 6 }, name),
    FanoutModule.forRoot(redis),
    AuditModule,
    HealthModule,
    HttpModule.forRoot({
      origin: ORIGIN,
      bodyBytes: 65_536,
      requestsPerMinute: 100_000,
      strictResponses: true,
      imports: [SignInModule],
      authenticator: HeaderAuthenticator,
      policy: EnrolmentPolicy,
    }),
    PortsModule,
    ClassroomModule.forRoot({ seatTokenKey: SEAT_KEY }),
    ClassroomHttpModule,
    ClassroomRealtimeModule.forRoot({ origin: ORIGIN, regions: REGIONS }),
  ];
  class TestApiModule {}
  Module({ imports: modules })(TestApiModule);
  const app = await createHttpApplication(TestApiModule, { bodyBytes: 65_536, version: 'test' });
  app.get(RoomGateway).attach(app.getHttpServer());
  await app.listen(0, '127.0.0.1');
  const server: Server = app.getHttpServer();
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the test api does not listen on a port');
  return { app, media: app.get(RecordingMedia), host: `127.0.0.1:${address.port}` };
}
