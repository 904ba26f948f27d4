import { Global, Module } from '@nestjs/common';
import { HealthRegistry } from './registry.js';

/** One registry per process; whoever depends on something registers its check when it starts. */
@Global()
@Module({ providers: [HealthRegistry], exports: [HealthRegistry] })
export class HealthModule {}
