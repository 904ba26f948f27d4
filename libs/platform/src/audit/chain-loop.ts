import { Injectable, type OnApplicationBootstrap, type BeforeApplicationShutdown } from '@nestjs/common';
import { RequestContext } from '../context/index.js';
import { TenantDirectory } from '../database/index.js';
import { processLogger } from '../telemetry/index.js';
import { AuditChainer } from './chainer.js';

/** Entries get their link within a second of their commit. */
const pauseMs = 500;

/** Runs the chainer for every institution, closed ones too, over and over, in the jobs process. */
@Injectable()
export class AuditChainLoop implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();
  private stopped = false;

  constructor(
    private readonly chainer: AuditChainer,
    private readonly tenants: TenantDirectory,
  ) {}

  onApplicationBootstrap(): void {
    this.schedule();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.running;
  }

  private schedule(): void {
    if (this.stopped) return;
    this.timer = setTimeout(() => {
      this.running = this.round().finally(() => this.schedule());
    }, pauseMs);
  }

  private async round(): Promise<void> {
    try {
      for (const tenant of await this.tenants.all()) {
        await this.chainer.link(RequestContext.system(tenant, 'audit-chainer'));
      }
    } catch (err) {
      processLogger().error({ err }, 'linking audit entries failed; the next round tries again');
    }
  }
}
