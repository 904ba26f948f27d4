import { processLogger } from '@lyceum/platform/telemetry';
import { createWorker, type types } from 'mediasoup';
import { recorderCodecs } from './codecs.js';
import type { RecorderOptions } from './recorder-options.js';

/** A transport in the recorder's router that takes a room's media, and one that hands it to this process. */
export interface RecordingTransports {
  readonly router: types.Router;
  readonly pipe: types.PipeTransport;
  readonly direct: types.DirectTransport;
}

/** The recorder's own mediasoup worker: however busy recording is, no room's worker feels it. */
export class RecorderWorker {
  private worker: types.Worker | null = null;
  private stopping = false;

  constructor(private readonly options: RecorderOptions) {}

  get isAlive(): boolean {
    return this.worker !== null && !this.worker.died;
  }

  /** @param died the worker ended by itself: nothing can be recorded any more and the process should start again */
  async start(died: () => void): Promise<void> {
    this.worker = await createWorker({ workerBin: this.options.workerBin, logLevel: 'warn' });
    this.worker.on('died', (err) => {
      if (this.stopping) return;
      processLogger().error({ err }, 'the media worker died');
      died();
    });
  }

  /** Transports for one recording; closing the router closes all of it. */
  async open(): Promise<RecordingTransports> {
    if (!this.worker) throw new Error('the media worker was not started');
    const { ip, minPort, maxPort } = this.options.pipe;
    const router = await this.worker.createRouter({ mediaCodecs: recorderCodecs });
    const listenInfo = { protocol: 'udp' as const, ip, portRange: { min: minPort, max: maxPort } };
    const pipe = await router.createPipeTransport({ listenInfo, enableRtx: true, enableSrtp: true });
    const direct = await router.createDirectTransport();
    return { router, pipe, direct };
  }

  stop(): void {
    this.stopping = true;
    this.worker?.close();
  }
}
