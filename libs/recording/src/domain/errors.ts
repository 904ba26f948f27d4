import { defineErrors } from '@lyceum/platform/errors';

export const recordingError = defineErrors({
  'RECORDING.RANGE': {
    status: 416,
    title: 'The range lies behind the end of the recording',
    action: 'Ask for bytes within the file.',
  },
});
