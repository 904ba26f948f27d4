export { Recorder } from './recorder/recorder.js';
export { LinkServer } from './recorder/link-server.js';
export { RecorderModule } from './recorder/recorder.module.js';
export { RecorderOptions } from './recorder/recorder-options.js';
export { defaultPieceLimits } from './journal/piece-builder.js';
