export * from './branch-link.js';
export * from './control.js';
export * from './events.js';
export * from './negotiation.js';
export * from './pipe.js';
export * from './recorder-link.js';
export * from './rtp.js';
export * from './track.js';
