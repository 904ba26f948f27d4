import { SchedulingModule } from '@lyceum/scheduling';
import { TenancyModule } from '@lyceum/tenancy';
import { Module, type DynamicModule } from '@nestjs/common';
import { RoomAccess } from './access/room-access.js';
import { SeatAccess } from './access/seat-access.js';
import { SeatTokens } from './access/seat-tokens.js';
import { RoomAttendance } from './application/attendance.js';
import { BatchReader } from './application/batch-reader.js';
import { BatchStore } from './application/batch-store.js';
import { CommitFeed } from './application/commit-feed.js';
import { Effects } from './application/effects.js';
import { RoomEntrance } from './application/room-entrance.js';
import { RoomFolds } from './application/room-folds.js';
import { RoomWriter } from './application/room-writer.js';
import { ClassroomLogModule } from './classroom-log.module.js';
import { RoomEvents } from './events/room-events.js';
import { BatchRows } from './persistence/batch-rows.js';
import { SnapshotRows } from './persistence/snapshot-rows.js';
import { VoteRows } from './persistence/vote-rows.js';

export interface ClassroomOptions {
  /** At least 32 bytes, the same in every api of the appliance. */
  readonly seatTokenKey: Uint8Array;
}

const services = [RoomAccess, SeatAccess, RoomAttendance, CommitFeed, RoomEntrance, RoomEvents, RoomFolds, RoomWriter];

/** Rooms: their log, what may be said in them, and who may come in. Global, so that its edges share one log writer. */
@Module({})
export class ClassroomModule {
  static forRoot({ seatTokenKey }: ClassroomOptions): DynamicModule {
    const tokens = { provide: SeatTokens, useValue: new SeatTokens(seatTokenKey) };
    return {
      module: ClassroomModule,
      global: true,
      imports: [ClassroomLogModule, SchedulingModule, TenancyModule],
      providers: [...services, BatchReader, BatchStore, Effects, BatchRows, SnapshotRows, VoteRows, tokens],
      exports: [...services, SeatTokens, ClassroomLogModule],
    };
  }
}
