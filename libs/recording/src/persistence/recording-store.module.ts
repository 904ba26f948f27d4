import { Module } from '@nestjs/common';
import { RecordingRows } from './recording-rows.js';
import { SegmentRows } from './segment-rows.js';

/** Rows, for the recorder and for the HTTP side. */
@Module({ providers: [RecordingRows, SegmentRows], exports: [RecordingRows, SegmentRows] })
export class RecordingStoreModule {}
