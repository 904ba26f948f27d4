export * from './replay.js';
export * from './status.js';
