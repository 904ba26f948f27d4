import 'reflect-metadata';
import { MediaNodeModule } from '@lyceum/media';
import { loadConfig, mediaConfig } from '@lyceum/platform/config';
import { createLogger, NestLogger } from '@lyceum/platform/telemetry';
import { NestFactory } from '@nestjs/core';

const config = loadConfig(mediaConfig);
const log = createLogger(config.log, 'media', config.instance);

// A port that is taken or a worker that won't run ends the process: the supervisor tries again and the log says why.
try {
  const app = await NestFactory.createApplicationContext(MediaNodeModule.with(config, log), {
    logger: new NestLogger(log),
    abortOnError: false,
  });
  app.enableShutdownHooks();
  log.info({ port: config.listen.port }, 'media node is up');
} catch (error) {
  log.fatal({ err: error }, 'media node could not start');
  process.exitCode = 1;
  // Workers that did start keep the event loop alive.
  setTimeout(() => process.exit(1), 100).unref();
}
