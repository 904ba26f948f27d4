import type { Tenant } from '../context/index.js';
import { processLogger } from '../telemetry/index.js';

/**
 * Does something for every institution, over and over, with a pause between rounds. A failure ends the round and is
 * logged when it begins and when it is over, not every time: PostgreSQL may be away for minutes.
 */
export class TenantRounds {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();
  private stopped = false;
  private failing = false;

  constructor(
    private readonly options: {
      /** Of the work, for the log. */
      name: string;
      pauseMs: number;
      tenants: () => Promise<readonly Tenant[]>;
      work: (tenant: Tenant) => Promise<unknown>;
    },
  ) {}

  start(): void {
    if (this.stopped) return;
    this.timer = setTimeout(() => {
      this.running = this.round().finally(() => this.start());
    }, this.options.pauseMs);
  }

  /** Resolves when the round in progress has ended; no other one begins. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.running;
  }

  private async round(): Promise<void> {
    const { name, tenants, work } = this.options;
    try {
      for (const tenant of await tenants()) {
        if (this.stopped) return;
        await work(tenant);
      }
      if (this.failing) processLogger().info({ rounds: name }, 'works again');
      this.failing = false;
    } catch (err) {
      if (!this.failing) processLogger().error({ rounds: name, err }, 'failed; every round tries again');
      this.failing = true;
    }
  }
}
