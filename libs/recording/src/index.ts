export * from './mux/segment-muxer.js';
