import type { Logger } from '@lyceum/platform/telemetry';
import { createWorker, type types } from 'mediasoup';
import { mediaError } from '../errors.js';
import { processorMs } from './processor-time.js';

export interface WorkerOptions {
  readonly workerBin: string;
  /** Listened on, e.g. `0.0.0.0`. */
  readonly listenIp: string;
  /** What browsers are told: the address of this host as they reach it. */
  readonly address: string;
  /** One port per worker, UDP and TCP. */
  readonly port: number;
}

/**
 * Bytes of the one UDP socket that everybody's packets come through. While a key frame goes out to hundreds of viewers, what they
 * and the teacher send waits here; a teacher's packet that finds no room is lost to all of them. The kernel gives no more than
 * net.core.rmem_max and wmem_max.
 */
const SOCKET_BUFFER = 4 * 2 ** 20;

const FIRST_RESTART_MS = 100;
const LAST_RESTART_MS = 5_000;
const LOOK_MS = 1_000;
/**
 * A worker answers within milliseconds. One that let this many looks pass hangs: its rooms are better off with a new one. Looks
 * and not time, since this process may have been the one that hung.
 */
const HANGS_AFTER_LOOKS = 3;
/** One that works hard all the while may only have too much to do, and a new one would have no less: it gets this many. */
const LOOPS_AFTER_LOOKS = 15;
/** Share of a core from which on it works hard. */
const HARD = 0.5;

/** One mediasoup worker process with its WebRtcServer, started again whenever it dies; one that hangs is killed first. */
export class MediaWorker {
  private current: { worker: types.Worker; server: types.WebRtcServer } | undefined;
  private starting: Promise<void> | undefined;
  private stopped = false;
  private restartMs = FIRST_RESTART_MS;
  private cpu = { atMs: 0, usedMs: 0, share: 0 };
  private looking: NodeJS.Timeout | undefined;
  /** Looks since the question that the worker still owes an answer to, and when that was asked: its clock and ours, ms. */
  private unanswered = 0;
  private asked = { processorMs: NaN, atMs: 0 };

  constructor(
    private readonly options: WorkerOptions,
    private readonly log: Logger,
  ) {}

  /** @throws Error when the worker can't run or its port is taken. */
  async start(): Promise<void> {
    const { workerBin, listenIp, address, port } = this.options;
    const worker = await createWorker({ workerBin, logLevel: 'warn', logTags: ['ice', 'dtls', 'sctp'] });
    const listen = { ip: listenIp, port, ...(address !== listenIp && { announcedAddress: address }) };
    try {
      const server = await worker.createWebRtcServer({
        listenInfos: [
          { protocol: 'udp', ...listen, recvBufferSize: SOCKET_BUFFER, sendBufferSize: SOCKET_BUFFER },
          { protocol: 'tcp', ...listen },
        ],
      });
      this.current = { worker, server };
    } catch (error) {
      worker.close();
      throw new Error(`the media port ${port} can't be opened on ${listenIp} (UDP and TCP)`, { cause: error });
    }
    this.restartMs = FIRST_RESTART_MS;
    worker.on('died', (error) => this.died(error));
    this.unanswered = 0;
    this.cpu = { atMs: 0, usedMs: 0, share: 0 };
    this.looking = setInterval(() => this.look(worker), LOOK_MS);
    this.log.info({ pid: worker.pid, port }, 'media worker is up');
  }

  close(): void {
    this.stopped = true;
    clearInterval(this.looking);
    this.current?.worker.close();
    this.current = undefined;
  }

  get alive(): boolean {
    return this.current?.worker.closed === false;
  }

  /** CPU share of the worker in the last second, 0..1. */
  get load(): number {
    return this.alive ? this.cpu.share : 0;
  }

  /** @throws LyceumError MEDIA.UNAVAILABLE while the worker is being started again. */
  async router(
    mediaCodecs: types.RouterRtpCodecCapability[],
  ): Promise<{ router: types.Router; server: types.WebRtcServer }> {
    await this.starting;
    if (!this.current) throw mediaError('MEDIA.UNAVAILABLE');
    const { worker, server } = this.current;
    return { router: await worker.createRouter({ mediaCodecs }), server };
  }

  private look(worker: types.Worker): void {
    this.unanswered += 1;
    if (this.unanswered === 1) {
      this.asked = { processorMs: processorMs(worker.pid), atMs: performance.now() };
      this.measure(worker).catch(() => undefined);
    } else if (this.unanswered > (this.worksHard(worker) ? LOOPS_AFTER_LOOKS : HANGS_AFTER_LOOKS)) {
      this.log.error({ pid: worker.pid, port: this.options.port }, 'media worker hangs and is killed');
      process.kill(worker.pid, 'SIGKILL');
    }
  }

  /** Since it was asked. */
  private worksHard({ pid }: types.Worker): boolean {
    const usedMs = processorMs(pid) - this.asked.processorMs;
    return usedMs > HARD * (performance.now() - this.asked.atMs);
  }

  private async measure(worker: types.Worker): Promise<void> {
    const { ru_utime, ru_stime } = await worker.getResourceUsage();
    const { atMs, usedMs } = this.cpu;
    const now = { atMs: performance.now(), usedMs: ru_utime + ru_stime };
    this.cpu = { ...now, share: atMs > 0 ? (now.usedMs - usedMs) / (now.atMs - atMs) : 0 };
    this.unanswered = 0;
  }

  private died(error: Error): void {
    this.current = undefined;
    clearInterval(this.looking);
    if (this.stopped) return;
    this.log.error({ err: error, port: this.options.port }, 'media worker died');
    this.starting = this.restart();
  }

  private async restart(): Promise<void> {
    while (!this.stopped && !this.current) {
      try {
        await this.start();
      } catch (error) {
        this.log.error({ err: error }, 'media worker does not start again');
        await new Promise((resolve) => setTimeout(resolve, this.restartMs));
        this.restartMs = Math.min(this.restartMs * 2, LAST_RESTART_MS);
      }
    }
  }
}
