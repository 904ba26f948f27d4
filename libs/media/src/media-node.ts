import type { Server } from 'node:http';
import { isIPv4, isIPv6 } from 'node:net';
import { RECORDER_LINK_PATH } from '@lyceum/contracts';
import { readSecret, type MediaConfig } from '@lyceum/platform/config';
import { serveHealth, type HealthRegistry } from '@lyceum/platform/health';
import type { Logger } from '@lyceum/platform/telemetry';
import { ControlServer } from './control/control-server.js';
import { MediasoupEngine } from './mediasoup/mediasoup-engine.js';
import { RecorderClient } from './recorder/recorder-client.js';

/** A media node: engine, control port, link to the recorder. Holds no data; a restart asks its apis what is wanted. */
export class MediaNode {
  private readonly engine: MediasoupEngine;
  private readonly control: ControlServer;
  private server: Server | undefined;

  constructor(
    private readonly config: MediaConfig,
    private readonly health: HealthRegistry,
    log: Logger,
  ) {
    const { instance: node, region, rtc, workerBin, workers } = config;
    const recorder = new RecorderClient(
      {
        url: new URL(RECORDER_LINK_PATH, config.recorder.control).href,
        token: readSecret(config.recorder.tokenFile),
        node,
        region,
      },
      log,
    );
    const { listenIp, address, firstPort } = rtc;
    const pipeIp = pipeAddress(config.recorder.control, listenIp);
    this.engine = new MediasoupEngine({ workerBin, workers, listenIp, address, firstPort }, { recorder, pipeIp, log });
    const token = readSecret(config.controlTokenFile);
    this.control = new ControlServer(this.engine, { node, region, token }, log);
  }

  /** @throws Error when a worker can't start or a port is taken. */
  async start(): Promise<void> {
    await this.engine.start();
    this.health.register('workers', () => (this.engine.isWhole ? 'ready' : 'down'));
    this.server = await serveHealth(this.config.listen, this.health);
    this.control.attach(this.server);
  }

  /** Before a planned stop: has the rooms moved to other nodes, when there are any. */
  drain(): Promise<void> {
    return this.control.drain();
  }

  stop(): void {
    this.health.stop();
    this.control.close();
    this.server?.close();
    this.engine.close();
  }
}

/** Where pipes to the recorder listen: media must not leave the host when the recorder is on it. */
export function pipeAddress(recorderControl: string, listenIp: string): string {
  const { hostname } = new URL(recorderControl);
  const host = hostname.replace(/^\[|\]$/g, '');
  if (host === 'localhost' || (isIPv4(host) && host.startsWith('127.'))) return '127.0.0.1';
  return isIPv6(host) && host === '::1' ? '::1' : listenIp;
}
