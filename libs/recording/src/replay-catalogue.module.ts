import { ReplayCatalogue } from '@lyceum/scheduling';
import { Global, Module } from '@nestjs/common';
import { ReplayStates } from './application/replay-states.js';
import { RecordingStoreModule } from './persistence/recording-store.module.js';

/** Gives scheduling its `ReplayCatalogue`. Global, since scheduling must not know who provides it. */
@Global()
@Module({
  imports: [RecordingStoreModule],
  providers: [{ provide: ReplayCatalogue, useClass: ReplayStates }],
  exports: [ReplayCatalogue],
})
export class ReplayCatalogueModule {}
