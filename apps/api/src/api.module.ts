import { ClassroomHttpModule, ClassroomModule, ClassroomRealtimeModule } from '@lyceum/classroom';
import { ComplianceHttpModule } from '@lyceum/compliance';
import { IdentityHttpModule, IdentityModule, RequestAuthenticator, RolePolicy } from '@lyceum/identity';
import { AuditModule } from '@lyceum/platform/audit';
import { readSecretKey, type ApiConfig } from '@lyceum/platform/config';
import { DatabaseModule } from '@lyceum/platform/database';
import { FanoutModule } from '@lyceum/platform/fanout';
import { HealthModule, ServiceReadiness } from '@lyceum/platform/health';
import { HttpModule } from '@lyceum/platform/http';
import { KeysModule } from '@lyceum/platform/keys';
import { QueueModule } from '@lyceum/platform/queue';
import { StorageModule } from '@lyceum/platform/storage';
import { RecordingHttpModule } from '@lyceum/recording';
import { SchedulingHttpModule } from '@lyceum/scheduling';
import { TenancyHttpModule } from '@lyceum/tenancy';
import { Module, type DynamicModule } from '@nestjs/common';
import { PortsModule } from './wiring/ports.module.js';

/** REST and WebSockets: what the domains export, put together. Keeps nothing that a restart would lose. */
@Module({})
export class ApiModule {
  static forRoot(config: ApiConfig): DynamicModule {
    return {
      module: ApiModule,
      imports: [...platform(config), ...edge(config), ...domains(config)],
      providers: [ServiceReadiness],
    };
  }
}

function platform(config: ApiConfig): DynamicModule['imports'] & object {
  return [
    DatabaseModule.forRoot(config.database, config.instance),
    FanoutModule.forRoot(config.redis),
    QueueModule.forRoot(config.redis),
    KeysModule.forRoot(config.keys),
    StorageModule.forRoot(config.store),
    AuditModule,
    HealthModule,
  ];
}

function edge({ origin, limits, keycloak, sessionKeyFile }: ApiConfig): DynamicModule['imports'] & object {
  const identity = IdentityModule.forRoot({ origin, keycloak, sessionKeyFile });
  return [
    identity,
    HttpModule.forRoot({
      ...limits,
      origin,
      strictResponses: process.env.NODE_ENV === 'test',
      imports: [identity],
      authenticator: RequestAuthenticator,
      policy: RolePolicy,
    }),
  ];
}

function domains(config: ApiConfig): DynamicModule['imports'] & object {
  return [
    PortsModule.forRoot(config),
    TenancyHttpModule,
    IdentityHttpModule,
    SchedulingHttpModule,
    ClassroomModule.forRoot({ seatTokenKey: readSecretKey(config.seatTokenKeyFile) }),
    ClassroomHttpModule,
    ClassroomRealtimeModule.forRoot({ origin: config.origin, regions: config.media.regions }),
    RecordingHttpModule,
    ComplianceHttpModule,
  ];
}
