import { Worker } from 'node:worker_threads';
import { loadConfig, readSecret, recorderConfig } from '@lyceum/platform/config';
import { createLogger, runMain, stopOnSignals } from '@lyceum/platform/telemetry';
import { defaultPieceLimits, LinkServer, Recorder } from '@lyceum/recording/recorder';
import { serveControl } from './control.js';

/** A minute is longer than any restart of ours; a class whose media is away for longer has stopped anyhow. */
const ORPHAN_MS = 60_000;

await runMain(async () => {
  const config = loadConfig(recorderConfig);
  const { instance, listen, workerBin, pipe } = config;
  const log = createLogger(config.log, 'recorder', instance);
  const controlToken = readSecret(config.controlTokenFile);

  // Most of this process's code and all its connections are in that thread: after a kill they must not stand between a
  // class and its recorder. Without either thread nothing is recorded, and the supervisor starts another process.
  const backstage = new Worker(new URL('./backstage.js', import.meta.url));
  backstage.on('error', (err) => log.fatal({ err }, 'the backstage failed'));
  backstage.on('exit', () => process.exit(1));

  const options = { instance, controlToken, workerBin, pipe, pieceLimits: defaultPieceLimits, orphanMs: ORPHAN_MS };
  const recorder = new Recorder(options, backstage);
  await recorder.start(() => process.exit(1));
  const server = await serveControl(listen, () => recorder.isReady);
  const link = new LinkServer(options, recorder);
  link.attach(server);
  stopOnSignals(async () => {
    link.stop();
    if (recorder.isReady) await recorder.stop();
  });
  log.info({ port: listen.port }, 'recorder takes media');
});
