import 'reflect-metadata';
import { RoomGateway } from '@lyceum/classroom';
import { apiConfig, loadConfig } from '@lyceum/platform/config';
import { createHttpApplication } from '@lyceum/platform/http';
import { HealthRegistry } from '@lyceum/platform/health';
import { createLogger, runMain, stopOnSignals } from '@lyceum/platform/telemetry';
import { ApiModule } from './api.module.js';
import { version } from './version.js';

await runMain(async () => {
  const config = loadConfig(apiConfig);
  const log = createLogger(config.log, 'api', config.instance);
  const app = await createHttpApplication(ApiModule.forRoot(config), { bodyBytes: config.limits.bodyBytes, version });
  app.get(RoomGateway).attach(app.getHttpServer());
  stopOnSignals(async () => {
    app.get(HealthRegistry).stop();
    await app.close();
  });
  await app.listen(config.listen.port, config.listen.host);
  log.info({ port: config.listen.port, version }, 'api is listening');
});
