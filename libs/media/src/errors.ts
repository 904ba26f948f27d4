import { defineErrors } from '@lyceum/platform/errors';

/** What media can answer instead of a result. Browsers act on SEAT_GONE (prepare again); the rest is for people and logs. */
export const mediaError = defineErrors({
  'MEDIA.BAD_REQUEST': { status: 400, title: 'The media request is not valid', action: 'Reload the page.' },
  'MEDIA.NOT_ALLOWED': { status: 403, title: 'This seat may not do that', action: 'Ask the teacher to let you in.' },
  'MEDIA.NO_TRACK': { status: 404, title: 'There is no such track' },
  'MEDIA.SEAT_GONE': { status: 410, title: 'This seat has no media any more', action: 'Prepare again.' },
  'MEDIA.UNAVAILABLE': {
    status: 503,
    title: 'The media server is not available',
    action: 'Wait a moment: the connection is tried again by itself.',
  },
  'MEDIA.TIMEOUT': { status: 504, title: 'The media server did not answer in time', action: 'Try again.' },
});
