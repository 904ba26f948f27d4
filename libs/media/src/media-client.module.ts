import { Module, type DynamicModule, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { readSecret, type ApiConfig } from '@lyceum/platform/config';
import { HealthModule, HealthRegistry } from '@lyceum/platform/health';
import type { Logger } from '@lyceum/platform/telemetry';
import { MediaClient } from './control/media-client.js';

/** Connects with the application. An api without media still serves chat and recordings: it is degraded, not down. */
class MediaClientLifecycle implements OnApplicationBootstrap, OnApplicationShutdown {
  constructor(
    private readonly client: MediaClient,
    private readonly health: HealthRegistry,
  ) {}

  onApplicationBootstrap(): void {
    this.health.register('media', () => (this.client.isReady ? 'ready' : 'degraded'));
    this.client.start();
  }

  onApplicationShutdown(): void {
    this.client.stop();
  }
}

/** Gives an api the one `MediaClient` of its process. */
@Module({})
export class MediaClientModule {
  static with(config: Pick<ApiConfig, 'instance' | 'media'>, log: Logger): DynamicModule {
    const nodes = () =>
      config.media.nodes.map(({ id, control, tokenFile }) => ({ id, control, token: readSecret(tokenFile) }));
    return {
      module: MediaClientModule,
      imports: [HealthModule],
      providers: [
        { provide: MediaClient, useFactory: () => new MediaClient(nodes(), config.instance, log) },
        {
          provide: MediaClientLifecycle,
          useFactory: (client: MediaClient, health: HealthRegistry) => new MediaClientLifecycle(client, health),
          inject: [MediaClient, HealthRegistry],
        },
      ],
      exports: [MediaClient],
    };
  }
}
