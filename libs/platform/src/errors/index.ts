export { LyceumError, defineErrors, type ErrorCode, type ErrorDefinition, type ErrorOptions } from './catalog.js';
export { commonError, notFound } from './common.js';
export { toLyceumError, toProblem } from './problem.js';
