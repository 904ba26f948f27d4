import { defineErrors } from '../errors/index.js';

export const storageError = defineErrors({
  'STORAGE.NOT_FOUND': { status: 404, title: 'There is no such thing here' },
  'STORAGE.UNAVAILABLE': {
    status: 503,
    title: 'The object store is not available',
    action: 'Try again in a moment. Operators: look at the store with `./lyceum status`.',
  },
  'STORAGE.FULL': {
    status: 507,
    title: 'The object store is full',
    action: 'Operators: free or add space on the disk of the object store.',
  },
  'STORAGE.DENIED': {
    status: 500,
    title: 'The object store refuses our credentials',
    action: 'Operators: compare the access and secret key of the store with those in the configuration.',
  },
  'STORAGE.CORRUPT': {
    status: 500,
    title: 'A stored object was changed or is not where it belongs',
    action: 'Operators: the log names the object; restore it from a backup.',
  },
});
