import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { RequestContext } from '../context/index.js';
import { TenantDirectory, TenantRounds } from '../database/index.js';
import { AuditChainer } from './chainer.js';

/** Entries get their link within a second of their commit. */
const pauseMs = 500;

/** Runs the chainer for every institution, closed ones too, in the jobs process. */
@Injectable()
export class AuditChainLoop implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly rounds: TenantRounds;

  constructor(chainer: AuditChainer, tenants: TenantDirectory) {
    this.rounds = new TenantRounds({
      name: 'audit chainer',
      pauseMs,
      tenants: () => tenants.all(),
      work: (tenant) => chainer.link(RequestContext.system(tenant, 'audit-chainer')),
    });
  }

  onApplicationBootstrap(): void {
    this.rounds.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.rounds.stop();
  }
}
