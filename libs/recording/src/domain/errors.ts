import { defineErrors } from '@lyceum/platform/errors';

export const recordingError = defineErrors({
  'RECORDING.RANGE': {
    status: 416,
    title: 'The range lies behind the end of the recording',
    action: 'Ask for bytes within the file.',
  },
  'RECORDING.DISK': {
    status: 507,
    title: 'The recorder can not write to its disk',
    action: 'Operators: free or add space on the disk of the recorder.',
  },
});
