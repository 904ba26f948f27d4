export { defaultPieceLimits } from '../journal/piece-builder.js';
export { LinkServer } from './link-server.js';
export type { RecorderOptions } from './recorder-options.js';
export { Recorder } from './recorder.js';
