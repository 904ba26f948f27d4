import { ClassroomLogModule } from '@lyceum/classroom';
import { Module, type DynamicModule } from '@nestjs/common';
import { LocalJournal } from '../journal/local-journal.js';
import { SealedJournal } from '../journal/sealed-journal.js';
import { RecordingStoreModule } from '../persistence/recording-store.module.js';
import { BackstageOptions } from './backstage-options.js';
import { PieceUploader } from './piece-uploader.js';
import { RecorderBackstage } from './recorder-backstage.js';
import { SegmentFinisher } from './segment-finisher.js';
import { SegmentOpener } from './segment-opener.js';
import { SegmentRestorer } from './segment-restorer.js';
import { SegmentSettler } from './segment-settler.js';
import { TenantContexts } from './tenant-contexts.js';

/** What happens behind the recorder's packets; only the recorder process imports it. */
@Module({})
export class BackstageModule {
  static forRoot(options: BackstageOptions): DynamicModule {
    return {
      module: BackstageModule,
      imports: [ClassroomLogModule, RecordingStoreModule],
      providers: [
        { provide: BackstageOptions, useValue: options },
        { provide: SealedJournal, useFactory: () => new SealedJournal(new LocalJournal(options.journalDir)) },
        PieceUploader,
        RecorderBackstage,
        SegmentFinisher,
        SegmentOpener,
        SegmentRestorer,
        SegmentSettler,
        TenantContexts,
      ],
      exports: [RecorderBackstage],
    };
  }
}
