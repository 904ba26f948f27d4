import { defineErrors } from '@lyceum/platform/errors';

/** What can go wrong in a room, with what the reader can do about it. One title per cause; a 404 never says whose it is. */
export const roomError = defineErrors({
  'ROOM.NOT_FOUND': {
    status: 404,
    title: 'There is no such room',
    action: 'Check the link, or open the class from its course.',
  },
  'ROOM.NOT_OPEN': {
    status: 409,
    title: 'The class has not started',
    action: 'Wait here: it opens when the teacher arrives.',
  },
  'ROOM.ENDED': { status: 410, title: 'The class has ended', action: 'Watch the replay from the course page.' },
  'ROOM.CANCELLED': { status: 410, title: 'The class was cancelled', action: 'See the course page for the next one.' },
  'ROOM.FORBIDDEN': { status: 403, title: 'You may not do this in this class', action: 'Ask the teacher.' },
  'ROOM.SIGNED_OUT': {
    status: 401,
    title: 'You signed out',
    action: 'Sign in again to come back to the class.',
  },
  'ROOM.REMOVED': {
    status: 403,
    title: 'You were removed from the class',
    action: 'Ask the teacher to let you in again.',
  },
  'ROOM.NOT_PRESENT': { status: 409, title: 'You are not in the class', action: 'Join first.' },
  'ROOM.NO_SUCH_PARTICIPANT': {
    status: 404,
    title: 'This person is not in the class',
    action: 'Look at the list of people.',
  },
  'ROOM.SHARE_TAKEN': {
    status: 409,
    title: 'Someone else is sharing',
    action: 'Wait until they stop, or ask the teacher.',
  },
  'ROOM.NO_SUCH_POLL': { status: 404, title: 'There is no such poll', action: 'Look at the list of polls.' },
  'ROOM.POLL_CLOSED': { status: 409, title: 'The poll is closed', action: 'See its result.' },
  'ROOM.POLL_ANSWERED': { status: 409, title: 'You have answered this poll', action: 'Wait for its result.' },
  'ROOM.UNKNOWN_COMMAND': { status: 400, title: 'This command is not known', action: 'Reload the page.' },
  'ROOM.INVALID_COMMAND': { status: 400, title: 'The command is not valid', action: 'Correct it and try again.' },
  'ROOM.COMMAND_ID_TAKEN': {
    status: 409,
    title: 'This command id belongs to another command',
    action: 'Use a new id.',
  },
  'ROOM.BAD_FRAME': { status: 400, title: 'The message could not be read', action: 'Reload the page.' },
  'ROOM.SEAT_INVALID': { status: 401, title: 'The seat is not valid any more', action: 'Join the class again.' },
  'ROOM.SEAT_TAKEN_OVER': {
    status: 409,
    title: 'You joined from another window',
    action: 'Go on there, or reload here.',
  },
  'ROOM.TOO_FAST': { status: 429, title: 'Too many messages', action: 'Wait a moment.' },
  'ROOM.TOO_SLOW': { status: 408, title: 'The connection could not keep up', action: 'It is tried again by itself.' },
  'ROOM.UNAVAILABLE': { status: 503, title: 'The class can not be reached', action: 'It is tried again by itself.' },
  'ROOM.MEDIA_UNAVAILABLE': {
    status: 503,
    title: 'Sound and picture are away',
    action: 'They come back by themselves.',
  },
});
