import { Module } from '@nestjs/common';
import { JournalArchive } from './application/journal-archive.js';
import { SegmentMedia } from './application/segment-media.js';
import { RecordingStoreModule } from './persistence/recording-store.module.js';

/** What was recorded, for those who read it. Recording itself is `RecorderModule`'s. */
@Module({
  imports: [RecordingStoreModule],
  providers: [JournalArchive, SegmentMedia],
  exports: [JournalArchive, SegmentMedia, RecordingStoreModule],
})
export class RecordingModule {}
