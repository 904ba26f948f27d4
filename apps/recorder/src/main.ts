import { setTimeout as sleep } from 'node:timers/promises';
import { MessageChannel, Worker } from 'node:worker_threads';
import { loadConfig, readSecret, recorderConfig } from '@lyceum/platform/config';
import { createLogger, runMain, stopOnSignals } from '@lyceum/platform/telemetry';
import { defaultPieceLimits, LinkServer, Recorder } from '@lyceum/recording/recorder';
import { serveControl } from './control.js';

/** A minute is longer than any restart of ours; a class whose media is away for longer has stopped anyhow. */
const ORPHAN_MS = 60_000;
/** Media nodes find a recorder again within this time, and their classes go before everything behind the front. */
const HEAD_START_MS = 500;

await runMain(async () => {
  const config = loadConfig(recorderConfig);
  const { instance, listen, workerBin, pipe } = config;
  const log = createLogger(config.log, 'recorder', instance);
  const controlToken = readSecret(config.controlTokenFile);

  const { port1: front, port2: behind } = new MessageChannel();
  const options = { instance, controlToken, workerBin, pipe, pieceLimits: defaultPieceLimits, orphanMs: ORPHAN_MS };
  const recorder = new Recorder(options, front);
  await recorder.start(() => process.exit(1));
  const server = await serveControl(listen, () => recorder.isReady);
  const link = new LinkServer(options, recorder);
  link.attach(server);
  stopOnSignals(async () => {
    link.stop();
    if (recorder.isReady) await recorder.stop();
  });
  log.info({ port: listen.port }, 'recorder takes media');

  // Most of this process's code and all its connections are in that thread: after a kill they must not stand between a
  // class and its recorder. Without either thread nothing is recorded, and the supervisor starts another process.
  await sleep(HEAD_START_MS);
  const backstage = new Worker(new URL('./backstage.js', import.meta.url), {
    workerData: behind,
    transferList: [behind],
  });
  backstage.on('error', (err) => log.fatal({ err }, 'the backstage failed'));
  backstage.on('exit', () => process.exit(1));
});
