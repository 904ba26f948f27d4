export * from './recorder-link.js';
export * from './rtp.js';
