export { Dispatcher } from './dispatcher.js';
export { JobHandler, type JobContext, type JobRunner } from './handler.js';
export { HandlerTable } from './handler-table.js';
export { Jobs, type EnqueueOptions } from './jobs.js';
export { QueueModule } from './queue.module.js';
export { JobRunnerModule } from './runner.module.js';
export { JobRunnerService } from './runner.js';
export { JobSweeper } from './sweeper.js';
