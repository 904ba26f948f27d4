import { z } from 'zod';

/**
 * A recording's life. `recording`: media flows or may come back; `finishing`: the class ended and its last pieces are
 * being put together; `ready`: everything plays; `failed`: nothing playable came of it.
 */
export const recordingStatuses = ['recording', 'finishing', 'ready', 'failed'] as const;
export const recordingStatusSchema = z.enum(recordingStatuses).meta({ id: 'RecordingStatus' });
export type RecordingStatus = z.infer<typeof recordingStatusSchema>;

/** What a track was captured from. */
export const trackSources = ['mic', 'camera', 'screen', 'screen-audio'] as const;
export const trackSourceSchema = z.enum(trackSources).meta({ id: 'TrackSource' });
export type TrackSource = z.infer<typeof trackSourceSchema>;

export const isAudioSource = (source: TrackSource): boolean => source === 'mic' || source === 'screen-audio';
