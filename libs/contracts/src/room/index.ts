export * from './audience.js';
export * from './chat.js';
export * from './commands.js';
export * from './events.js';
export * from './frames.js';
export * from './state.js';
