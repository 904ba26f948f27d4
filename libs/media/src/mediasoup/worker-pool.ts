import { availableParallelism } from 'node:os';
import type { Logger } from '@lyceum/platform/telemetry';
import { MediaWorker } from './media-worker.js';

export interface PoolOptions {
  readonly workerBin: string;
  /** Null for one per core. */
  readonly workers: number | null;
  readonly listenIp: string;
  readonly address: string;
  /** Worker n listens on firstPort + n. */
  readonly firstPort: number;
}

/** The workers of a node: one per core, each with a port of its own. */
export class WorkerPool {
  private readonly workers: MediaWorker[];
  private readonly rooms = new Map<MediaWorker, number>();

  constructor(options: PoolOptions, log: Logger) {
    const { workerBin, listenIp, address, firstPort } = options;
    this.workers = Array.from(
      { length: options.workers ?? availableParallelism() },
      (_, index) => new MediaWorker({ workerBin, listenIp, address, port: firstPort + index }, log),
    );
  }

  async start(): Promise<void> {
    await Promise.all(this.workers.map((worker) => worker.start()));
  }

  get isWhole(): boolean {
    return this.workers.every((worker) => worker.alive);
  }

  close(): void {
    for (const worker of this.workers) worker.close();
  }

  /** The living worker with the fewest rooms; call the returned `release` when the room is closed. */
  take(): { worker: MediaWorker; release: () => void } {
    const count = (worker: MediaWorker) => this.rooms.get(worker) ?? 0;
    const [worker] = [...this.workers].sort((a, b) => Number(b.alive) - Number(a.alive) || count(a) - count(b));
    if (!worker) throw new Error('a media node needs at least one worker');
    this.rooms.set(worker, count(worker) + 1);
    return { worker, release: () => this.rooms.set(worker, count(worker) - 1) };
  }

  /** CPU share of each worker in the last second, 0..1. */
  get load(): number[] {
    return this.workers.map((worker) => worker.load);
  }
}
