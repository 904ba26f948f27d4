import { BullModule } from '@nestjs/bull';
import { Global, Module, type DynamicModule } from '@nestjs/common';
import type { RedisConfig } from '../config/index.js';
import { createRedis } from '../fanout/index.js';
import { processLogger } from '../telemetry/index.js';
import { Dispatcher, queueName } from './dispatcher.js';
import { Jobs } from './jobs.js';

/** For every process that adds jobs; those that run them import JobRunnerModule as well. */
@Global()
@Module({})
export class QueueModule {
  /** `prefix` keeps the queues of several installations (or tests) in one Redis apart. */
  static forRoot(config: RedisConfig, prefix = 'lyceum:bull'): DynamicModule {
    return {
      module: QueueModule,
      imports: [
        BullModule.forRoot({ prefix, createClient: () => createRedis(config, processLogger()) }),
        BullModule.registerQueue({ name: queueName }),
      ],
      providers: [Dispatcher, Jobs],
      exports: [Jobs, Dispatcher, BullModule],
    };
  }
}
