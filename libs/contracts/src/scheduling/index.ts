export * from './course.js';
export * from './home.js';
export * from './session.js';
