import { Module } from '@nestjs/common';
import { RotateKeysJob } from './rotate-keys.job.js';

/** Background work on keys; only the jobs process imports it, and only its peer may re-wrap. */
@Module({ providers: [RotateKeysJob] })
export class KeysJobsModule {}
