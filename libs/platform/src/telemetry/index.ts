export { createLogger, loggerOptions, processLogger, redactedPaths, type LogConfig, type Logger } from './logger.js';
export { NestLogger } from './nest-logger.js';
export { runMain, stopOnSignals } from './process-end.js';
export { safeError, type SafeError } from './safe-error.js';
