import { Module, type DynamicModule } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { BullConsumer, concurrencyKey } from './bull-consumer.js';
import { HandlerTable } from './handler-table.js';
import { JobRunnerService } from './runner.js';
import { JobSweeper } from './sweeper.js';

/** For the jobs process, beside QueueModule: runs the handlers of all modules in it, and sweeps. */
@Module({})
export class JobRunnerModule {
  static forRoot(options: { concurrency: number }): DynamicModule {
    return {
      module: JobRunnerModule,
      imports: [DiscoveryModule],
      providers: [
        { provide: concurrencyKey, useValue: options.concurrency },
        HandlerTable,
        JobRunnerService,
        JobSweeper,
        BullConsumer,
      ],
      exports: [HandlerTable, JobRunnerService, JobSweeper],
    };
  }
}
