import { defineErrors } from '../errors/index.js';

export const keysError = defineErrors({
  'KEYS.UNAVAILABLE': {
    status: 503,
    title: 'The keys are not available',
    action: 'Try again in a moment. Operators: look at the keys process with `./lyceum status`.',
  },
  'KEYS.NOT_FOUND': { status: 404, title: 'There is no such thing here' },
  'KEYS.DESTROYED': {
    status: 410,
    title: 'This was deleted',
    action: 'Its key is destroyed; nobody can read it again.',
  },
  'KEYS.REFUSED': {
    status: 500,
    title: 'A key could not be opened',
    action: 'Operators: the log of the keys process names the reason.',
  },
});
