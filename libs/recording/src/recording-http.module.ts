import { ClassroomLogModule } from '@lyceum/classroom';
import { SchedulingModule } from '@lyceum/scheduling';
import { Module } from '@nestjs/common';
import { RecordingAccess } from './access/recording-access.js';
import { Replays } from './application/replays.js';
import { ReplayController } from './http/replay.controller.js';
import { SegmentMediaController } from './http/segment-media.controller.js';
import { RecordingModule } from './recording.module.js';
import { ReplayCatalogueModule } from './replay-catalogue.module.js';

/** Replays over HTTP, and what scheduling shows of them. */
@Module({
  imports: [RecordingModule, SchedulingModule, ClassroomLogModule, ReplayCatalogueModule],
  controllers: [ReplayController, SegmentMediaController],
  providers: [RecordingAccess, Replays],
})
export class RecordingHttpModule {}
