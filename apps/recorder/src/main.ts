import 'reflect-metadata';
import { loadConfig, recorderConfig } from '@lyceum/platform/config';
import { HealthRegistry, serveHealth } from '@lyceum/platform/health';
import { createLogger, NestLogger, runMain, stopOnSignals } from '@lyceum/platform/telemetry';
import { LinkServer, Recorder } from '@lyceum/recording';
import { NestFactory } from '@nestjs/core';
import { RecorderAppModule } from './recorder-app.module.js';

await runMain(async () => {
  const config = loadConfig(recorderConfig);
  const log = createLogger(config.log, 'recorder', config.instance);
  const logger = new NestLogger(log);
  const module = RecorderAppModule.forRoot(config);
  const app = await NestFactory.createApplicationContext(module, { logger, abortOnError: false });
  // Without its worker this process records nothing: the supervisor starts another, which finishes what this one has.
  await app.get(Recorder).start(() => process.exit(1));
  const registry = app.get(HealthRegistry);
  const server = await serveHealth(config.listen, registry);
  app.get(LinkServer).attach(server);
  stopOnSignals(async () => {
    registry.stop();
    await app.close();
    server.close();
  });
  log.info({ port: config.listen.port }, 'recorder is running');
});
