import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Database } from '../database/index.js';
import { Fanout } from '../fanout/index.js';
import { HealthRegistry, type CheckState } from './registry.js';

/** For processes that use both: without PostgreSQL they are of no use, without Redis they work, only slower. */
@Injectable()
export class ServiceReadiness implements OnModuleInit {
  constructor(
    private readonly registry: HealthRegistry,
    private readonly database: Database,
    private readonly fanout: Fanout,
  ) {}

  onModuleInit(): void {
    this.registry.register('postgres', async (): Promise<CheckState> => {
      await this.database.ping();
      return 'ready';
    });
    this.registry.register('redis', () => (this.fanout.connected ? 'ready' : 'degraded'));
  }
}
