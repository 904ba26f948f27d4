import { AuditChainModule, AuditModule } from '@lyceum/platform/audit';
import type { JobsConfig } from '@lyceum/platform/config';
import { DatabaseModule } from '@lyceum/platform/database';
import { FanoutModule } from '@lyceum/platform/fanout';
import { HealthModule, ServiceReadiness } from '@lyceum/platform/health';
import { KeysJobsModule, KeysModule } from '@lyceum/platform/keys';
import { JobRunnerModule, QueueModule } from '@lyceum/platform/queue';
import { StorageModule } from '@lyceum/platform/storage';
import { Module, type DynamicModule } from '@nestjs/common';

/** Work that nobody waits for: the handlers of keys, the job sweeper and the audit chainer. */
@Module({})
export class JobsModule {
  static forRoot(config: JobsConfig): DynamicModule {
    return {
      module: JobsModule,
      imports: [
        DatabaseModule.forRoot(config.database, config.instance),
        FanoutModule.forRoot(config.redis),
        QueueModule.forRoot(config.redis),
        KeysModule.forRoot(config.keys),
        StorageModule.forRoot(config.store),
        AuditModule,
        HealthModule,
        AuditChainModule,
        KeysJobsModule,
        JobRunnerModule.forRoot({ concurrency: config.concurrency }),
      ],
      providers: [ServiceReadiness],
    };
  }
}
