import 'reflect-metadata';
import { jobsConfig, loadConfig } from '@lyceum/platform/config';
import { HealthRegistry, serveHealth } from '@lyceum/platform/health';
import { HandlerTable } from '@lyceum/platform/queue';
import { NestLogger, createLogger, runMain, stopOnSignals } from '@lyceum/platform/telemetry';
import { NestFactory } from '@nestjs/core';
import { JobsModule } from './jobs.module.js';

await runMain(async () => {
  const config = loadConfig(jobsConfig);
  const log = createLogger(config.log, 'jobs', config.instance);
  const logger = new NestLogger(log);
  const app = await NestFactory.createApplicationContext(JobsModule.forRoot(config), { logger, abortOnError: false });
  const registry = app.get(HealthRegistry);
  const server = await serveHealth(config.listen, registry);
  stopOnSignals(async () => {
    registry.stop();
    await app.close();
    server.close();
  });
  log.info({ port: config.listen.port, handlers: app.get(HandlerTable).names }, 'jobs is running');
});
