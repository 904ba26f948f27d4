import { ClassroomLogModule } from '@lyceum/classroom';
import { HealthRegistry } from '@lyceum/platform/health';
import { Module, type DynamicModule } from '@nestjs/common';
import { LocalJournal } from '../journal/local-journal.js';
import { SealedJournal } from '../journal/sealed-journal.js';
import { RecordingStoreModule } from '../persistence/recording-store.module.js';
import { LinkServer } from './link-server.js';
import { PieceUploader } from './piece-uploader.js';
import { RecorderOptions } from './recorder-options.js';
import { RecorderWorker } from './recorder-worker.js';
import { Recorder } from './recorder.js';
import { SegmentFinisher } from './segment-finisher.js';
import { SegmentOpener } from './segment-opener.js';
import { SegmentRestorer } from './segment-restorer.js';
import { SegmentSettler } from './segment-settler.js';
import { TenantContexts } from './tenant-contexts.js';

/** The recorder's side of recording; only the recorder process imports it. */
@Module({})
export class RecorderModule {
  static forRoot(options: RecorderOptions): DynamicModule {
    return {
      module: RecorderModule,
      imports: [ClassroomLogModule, RecordingStoreModule],
      providers: [
        { provide: RecorderOptions, useValue: options },
        { provide: SealedJournal, useFactory: () => new SealedJournal(new LocalJournal(options.journalDir)) },
        LinkServer,
        PieceUploader,
        Recorder,
        RecorderWorker,
        SegmentFinisher,
        SegmentOpener,
        SegmentRestorer,
        SegmentSettler,
        TenantContexts,
      ],
      exports: [LinkServer, Recorder],
    };
  }

  constructor(health: HealthRegistry, worker: RecorderWorker) {
    health.register('worker', () => (worker.isAlive ? 'ready' : 'down'));
  }
}
