import { DatabaseModule } from '@lyceum/platform/database';
import { Module } from '@nestjs/common';
import { RoomDirectory } from './application/room-directory.js';
import { RoomLog } from './application/room-log.js';
import { RoomReferences } from './application/room-references.js';
import { classroomEntities } from './persistence/entities.js';
import { EventRows } from './persistence/event-rows.js';
import { ParticipantRows } from './persistence/participant-rows.js';
import { RoomRows } from './persistence/room-rows.js';
import { TextRows } from './persistence/text-rows.js';

const rows = [RoomRows, EventRows, ParticipantRows, TextRows];

/** Reading rooms and their logs: for processes that hold no class, such as the recorder. */
@Module({
  imports: [DatabaseModule.forEntities(classroomEntities)],
  providers: [...rows, RoomReferences, RoomDirectory, RoomLog],
  exports: [...rows, RoomReferences, RoomDirectory, RoomLog],
})
export class ClassroomLogModule {}
