import { Injectable, SetMetadata, applyDecorators } from '@nestjs/common';
import type { RequestContext } from '../context/index.js';

export const jobHandlerKey = 'lyceum:job-handler';

/** Marks a provider as the one that runs jobs called `name`; two handlers of one name fail the boot. */
export const JobHandler = (name: string): ClassDecorator =>
  applyDecorators(Injectable(), SetMetadata(jobHandlerKey, name));

/** One run of a job. It may not be the first: handlers must be idempotent. */
export interface JobContext<P = unknown> {
  /** System context of the job's tenant, outside of a transaction. */
  readonly ctx: RequestContext;
  readonly id: string;
  readonly name: string;
  /** Parse it with the schema of your own before use. */
  readonly payload: P;
  /** 1 for the first run. */
  readonly attempt: number;
  /** Aborts when the job gets cancelled, its lease is lost or the process stops. */
  readonly signal: AbortSignal;
  /** Stores how far the job is, 0 to 1, and a code word for the step; extends the lease. */
  progress(fraction: number, step?: string): Promise<void>;
}

export interface JobRunner<P = unknown> {
  run(job: JobContext<P>): Promise<void>;
}
