export { createLyceumApi, createPlatformApi, type LyceumApi, type PlatformApi } from './api.js';
export { type ApiFailure, isSignedOut, LyceumApiError } from './errors.js';
export type { ApiOptions } from './transport.js';
