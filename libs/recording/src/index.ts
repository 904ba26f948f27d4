export { RecordingAccess } from './access/recording-access.js';
export { JournalArchive } from './application/journal-archive.js';
export { SegmentMedia, type OpenedSegmentMedia } from './application/segment-media.js';
export { BackstageModule } from './backstage/backstage.module.js';
export { RecorderBackstage } from './backstage/recorder-backstage.js';
export type { JournalFault } from './journal/manifest.js';
export type { JournalRecord, TrackFormat } from './journal/records.js';
export { RecordingHttpModule } from './recording-http.module.js';
export { RecordingModule } from './recording.module.js';
