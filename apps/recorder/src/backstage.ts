import 'reflect-metadata';
import { setTimeout as sleep } from 'node:timers/promises';
import { MessagePort, workerData } from 'node:worker_threads';
import { loadConfig, recorderConfig, type RecorderConfig } from '@lyceum/platform/config';
import { DatabaseModule } from '@lyceum/platform/database';
import { HealthModule } from '@lyceum/platform/health';
import { KeysModule } from '@lyceum/platform/keys';
import { StorageModule } from '@lyceum/platform/storage';
import { createLogger, NestLogger, type Logger } from '@lyceum/platform/telemetry';
import { BackstageModule, RecorderBackstage } from '@lyceum/recording';
import { Module, type DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';

/** The thread behind the recorder's front: everything that talks to database, keys, disk and store. */
@Module({})
class RecorderAppModule {
  static forRoot(config: RecorderConfig): DynamicModule {
    const { instance, journalDir } = config;
    return {
      module: RecorderAppModule,
      imports: [
        DatabaseModule.forRoot(config.database, instance),
        KeysModule.forRoot(config.keys),
        StorageModule.forRoot(config.store),
        HealthModule,
        BackstageModule.forRoot({ instance, journalDir }),
      ],
    };
  }
}

const RETRY_MS = 1_000;

/** However long they take to appear: media flows in meanwhile, so giving up is no choice. */
async function open(config: RecorderConfig, log: Logger): Promise<RecorderBackstage> {
  for (;;) {
    try {
      const logger = new NestLogger(log);
      const app = await NestFactory.createApplicationContext(RecorderAppModule.forRoot(config), {
        logger,
        abortOnError: false,
      });
      return app.get(RecorderBackstage);
    } catch (err) {
      log.error({ err }, 'database, keys or store can not be used, will try again');
      await sleep(RETRY_MS);
    }
  }
}

const config = loadConfig(recorderConfig);
const log = createLogger(config.log, 'recorder', config.instance);
if (!(workerData instanceof MessagePort)) throw new Error('the backstage is a thread of the recorder');
await (await open(config, log)).serve(workerData);
log.info('recorder is running');
