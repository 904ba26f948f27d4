import { keysConfig, loadConfig, readSecretKey } from '@lyceum/platform/config';
import { createLogger, runMain, stopOnSignals } from '@lyceum/platform/telemetry';
import { startKeys } from './start.js';

await runMain(async () => {
  const config = loadConfig(keysConfig);
  const log = createLogger(config.log, 'keys', config.instance);
  const running = await startKeys(
    {
      region: config.region,
      rootKey: readSecretKey(config.rootKeyFile),
      previousRootKeys: config.previousRootKeyFiles.map((file) => readSecretKey(file)),
      socketDir: config.socketDir,
      peers: config.peers,
      peerGroups: config.peerGroups,
    },
    log,
  );
  stopOnSignals(() => running.close());
});
