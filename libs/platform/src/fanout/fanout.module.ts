import { Global, Inject, Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import type { RedisConfig } from '../config/index.js';
import { processLogger } from '../telemetry/index.js';
import { Fanout } from './fanout.js';
import { createRedis } from './redis.js';

@Global()
@Module({})
export class FanoutModule implements OnApplicationShutdown {
  constructor(@Inject(Fanout) private readonly fanout: Fanout) {}

  static forRoot(config: RedisConfig): DynamicModule {
    const log = processLogger();
    const useFactory = () => new Fanout(createRedis(config, log), createRedis(config, log), log);
    return { module: FanoutModule, providers: [{ provide: Fanout, useFactory }], exports: [Fanout] };
  }

  onApplicationShutdown(): void {
    this.fanout.close();
  }
}
