import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { jobHandlerKey, type JobRunner } from './handler.js';

/** Handlers of this process by the name of their jobs, found by their decorator. */
@Injectable()
export class HandlerTable implements OnModuleInit {
  private readonly handlers = new Map<string, JobRunner>();

  constructor(private readonly discovery: DiscoveryService) {}

  /** @throws Error when two handlers want the same jobs, or a marked class has no `run`. */
  onModuleInit(): void {
    for (const { instance, metatype } of this.discovery.getProviders()) {
      if (typeof metatype !== 'function') continue;
      const name: string | undefined = Reflect.getMetadata(jobHandlerKey, metatype);
      if (name === undefined || this.handlers.get(name) === instance) continue;
      if (!isRunner(instance)) throw new Error(`${metatype.name} handles ${name} but has no run()`);
      if (this.handlers.has(name)) throw new Error(`two handlers for jobs called ${name}`);
      this.handlers.set(name, instance);
    }
  }

  find(name: string): JobRunner | undefined {
    return this.handlers.get(name);
  }

  get names(): string[] {
    return [...this.handlers.keys()].sort();
  }
}

const isRunner = (value: unknown): value is JobRunner =>
  typeof value === 'object' && value !== null && 'run' in value && typeof value.run === 'function';
