import { defineErrors } from './catalog.js';

/** Codes that every domain needs; a domain's own codes live with the domain. */
export const commonError = defineErrors({
  'REQUEST.INVALID': { status: 400, title: 'The request is not valid', action: 'Correct the named fields.' },
  'REQUEST.TOO_LARGE': { status: 413, title: 'The request is too large', action: 'Send less at once.' },
  'REQUEST.TOO_MANY': { status: 429, title: 'Too many requests', action: 'Wait a moment and try again.' },
  'REQUEST.UNSUPPORTED': { status: 415, title: 'This content type is not supported', action: 'Send JSON in UTF-8.' },
  'REQUEST.REFUSED': { status: 400, title: 'The request was refused' },
  'REQUEST.METHOD': { status: 405, title: 'This method is not allowed here' },
  'REQUEST.FORGED': {
    status: 403,
    title: 'The request does not come from this site',
    action: 'Reload the page and try again.',
  },
  'AUTH.REQUIRED': { status: 401, title: 'You are not signed in', action: 'Sign in and try again.' },
  'AUTH.FORBIDDEN': {
    status: 403,
    title: 'You may not do this',
    action: 'Ask the person who runs the course or your institution.',
  },
  'RESOURCE.NOT_FOUND': { status: 404, title: 'There is no such thing here' },
  'RESOURCE.CONFLICT': { status: 409, title: 'This contradicts what is there', action: 'Reload and try again.' },
  'SERVICE.UNAVAILABLE': {
    status: 503,
    title: 'Part of the system is not available',
    action: 'Try again in a moment.',
  },
  'INTERNAL.ERROR': { status: 500, title: 'Something went wrong on our side', action: 'Try again in a moment.' },
});

/** For a thing that is not there, or belongs to another tenant: the two must look alike. */
export const notFound = (kind: string, id?: string) =>
  commonError('RESOURCE.NOT_FOUND', id ? { meta: { kind, id } } : { meta: { kind } });
