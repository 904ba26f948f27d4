export { JobHandler, type JobContext, type JobRunner } from './handler.js';
export { Jobs, type EnqueueOptions } from './jobs.js';
export { QueueModule } from './queue.module.js';
