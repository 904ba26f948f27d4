import { ClassroomModule } from '@lyceum/classroom';
import { ComplianceModule } from '@lyceum/compliance';
import { ProvisioningModule } from '@lyceum/identity';
import { AuditModule } from '@lyceum/platform/audit';
import { readSecretKey, type OperatorConfig } from '@lyceum/platform/config';
import { DatabaseModule } from '@lyceum/platform/database';
import { KeysModule } from '@lyceum/platform/keys';
import { NestLogger, processLogger } from '@lyceum/platform/telemetry';
import { SchedulingModule } from '@lyceum/scheduling';
import { Module, type DynamicModule, type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';

/** What the operator's commands call; each runs in a context of its own and ends with it. */
@Module({})
class OperatorModule {
  static forRoot(config: OperatorConfig): DynamicModule {
    return {
      module: OperatorModule,
      imports: [
        DatabaseModule.forRoot(config.database, config.instance),
        KeysModule.forRoot(config.keys),
        AuditModule,
        ComplianceModule,
        SchedulingModule,
        ClassroomModule.forRoot({ seatTokenKey: readSecretKey(config.seatTokenKeyFile) }),
        ProvisioningModule.forRoot(config),
      ],
    };
  }
}

/** Runs `work` in an application context and closes it whatever happens. */
export async function withOperator<T>(
  config: OperatorConfig,
  work: (app: INestApplicationContext) => Promise<T>,
): Promise<T> {
  const logger = new NestLogger(processLogger());
  const app = await NestFactory.createApplicationContext(OperatorModule.forRoot(config), {
    logger,
    abortOnError: false,
  });
  try {
    return await work(app);
  } finally {
    await app.close();
  }
}
