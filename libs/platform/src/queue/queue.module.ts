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
  static forRoot(config: RedisConfig): DynamicModule {
    return {
      module: QueueModule,
      imports: [
        BullModule.forRoot({ prefix: 'lyceum:bull', createClient: () => createRedis(config, processLogger()) }),
        BullModule.registerQueue({ name: queueName }),
      ],
      providers: [Dispatcher, Jobs],
      exports: [Jobs, Dispatcher, BullModule],
    };
  }
}
