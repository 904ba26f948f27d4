import { defineErrors } from '@lyceum/platform/errors';

export const schedulingError = defineErrors({
  'SESSION.TIMES': {
    status: 422,
    title: 'The class must end after it starts, within a day',
    action: 'Correct the times.',
  },
  'SESSION.FIXED': {
    status: 409,
    title: 'Only a planned class can be changed like this',
    action: 'Reload to see what became of it.',
  },
  'COURSE.CODE_TAKEN': {
    status: 409,
    title: 'There is a course with this code in this term',
    action: 'Choose another code or term.',
  },
  'COURSE.LAST_INSTRUCTOR': {
    status: 409,
    title: 'A course needs an instructor',
    action: 'Make somebody else an instructor first.',
  },
});
