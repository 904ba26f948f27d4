import type { Server } from 'node:http';
import { isIPv4, isIPv6 } from 'node:net';
import { BRANCH_LINK_PATH, MEDIA_CONTROL_PATH, RECORDER_LINK_PATH } from '@lyceum/contracts';
import { readSecret, type MediaConfig } from '@lyceum/platform/config';
import { serveHealth, type HealthRegistry } from '@lyceum/platform/health';
import type { Logger } from '@lyceum/platform/telemetry';
import { BranchServer } from './cascade/branch-server.js';
import { HomeLinks } from './cascade/home-links.js';
import { ControlServer } from './control/control-server.js';
import { SocketDoor } from './link/socket-door.js';
import { MediasoupEngine } from './mediasoup/mediasoup-engine.js';
import type { PipeListen } from './mediasoup/pipe-transport.js';
import { RecorderClient } from './recorder/recorder-client.js';

/** A media node: engine, control port, link to the recorder. Holds no data; a restart asks its apis what is wanted. */
export class MediaNode {
  private readonly engine: MediasoupEngine;
  private readonly control: ControlServer;
  private readonly branches: BranchServer;
  private readonly door: SocketDoor;
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
    const token = readSecret(config.controlTokenFile);
    const { listenIp, address, firstPort } = rtc;
    const pipeIp = pipeAddress(config.recorder.control, listenIp);
    const homes = new HomeLinks({ node, token }, log);
    const pipes = pipesToNodes(rtc);
    this.engine = new MediasoupEngine(
      { workerBin, workers, listenIp, address, firstPort },
      { node, recorder, pipeIp, homes, pipes, log },
    );
    this.control = new ControlServer(this.engine, { node, region }, log);
    this.branches = new BranchServer(this.engine, pipes, log);
    this.door = new SocketDoor(
      token,
      new Map([
        [MEDIA_CONTROL_PATH, (socket) => this.control.accept(socket)],
        [BRANCH_LINK_PATH, (socket) => this.branches.accept(socket)],
      ]),
    );
  }

  /** @throws Error when a worker can't start or a port is taken. */
  async start(): Promise<void> {
    await this.engine.start();
    this.health.register('workers', () => (this.engine.isWhole ? 'ready' : 'down'));
    this.server = await serveHealth(this.config.listen, this.health);
    this.control.start();
    this.door.attach(this.server);
  }

  /** Before a planned stop: has the rooms moved to other nodes, when there are any. */
  drain(): Promise<void> {
    return this.control.drain();
  }

  stop(): void {
    this.health.stop();
    this.control.close();
    this.branches.close();
    this.door.close();
    this.server?.close();
    this.engine.close();
  }
}

/** Where pipes to other nodes listen, and what those are told. */
function pipesToNodes({ listenIp, address, pipes }: MediaConfig['rtc']): PipeListen {
  const announcedAddress = pipes?.address ?? address;
  return {
    ip: listenIp,
    ...(announcedAddress !== listenIp && { announcedAddress }),
    ...(pipes && { portRange: { min: pipes.minPort, max: pipes.maxPort } }),
  };
}

/** Where pipes to the recorder listen: media must not leave the host when the recorder is on it. */
export function pipeAddress(recorderControl: string, listenIp: string): string {
  const { hostname } = new URL(recorderControl);
  const host = hostname.replace(/^\[|\]$/g, '');
  if (host === 'localhost' || (isIPv4(host) && host.startsWith('127.'))) return '127.0.0.1';
  return isIPv6(host) && host === '::1' ? '::1' : listenIp;
}
