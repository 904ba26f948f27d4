export * from './page.js';
export * from './problem.js';
