import {
  Module,
  type BeforeApplicationShutdown,
  type DynamicModule,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import type { MediaConfig } from '@lyceum/platform/config';
import { HealthModule, HealthRegistry } from '@lyceum/platform/health';
import type { Logger } from '@lyceum/platform/telemetry';
import { MediaNode } from './media-node.js';

/** Starts the node with the application and stops it with it, after its rooms went elsewhere. */
class MediaNodeLifecycle implements OnApplicationBootstrap, BeforeApplicationShutdown, OnApplicationShutdown {
  constructor(private readonly node: MediaNode) {}

  onApplicationBootstrap(): Promise<void> {
    return this.node.start();
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.node.drain();
  }

  onApplicationShutdown(): void {
    this.node.stop();
  }
}

/** The whole of a media node, for the media process. */
@Module({})
export class MediaNodeModule {
  static with(config: MediaConfig, log: Logger): DynamicModule {
    return {
      module: MediaNodeModule,
      imports: [HealthModule],
      providers: [
        {
          provide: MediaNode,
          useFactory: (health: HealthRegistry) => new MediaNode(config, health, log),
          inject: [HealthRegistry],
        },
        {
          provide: MediaNodeLifecycle,
          useFactory: (node: MediaNode) => new MediaNodeLifecycle(node),
          inject: [MediaNode],
        },
      ],
    };
  }
}
