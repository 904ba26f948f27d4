export { exportMjr } from '../journal/mjr.js';
export { RecordingRows } from '../persistence/recording-rows.js';
export { SegmentRows, type PlayableSegment } from '../persistence/segment-rows.js';
export { FakeMediaNode, type FakeTrack } from './fake-media-node.js';
export { FlashAndBeep, makeClip, type Clip } from './flash-and-beep.js';
export { closeRoom, openRoom, type RecordedRoom } from './recorded-room.js';
export { Replays } from '../application/replays.js';
