import { readSecret, type RecorderConfig } from '@lyceum/platform/config';
import { DatabaseModule } from '@lyceum/platform/database';
import { HealthModule } from '@lyceum/platform/health';
import { KeysModule } from '@lyceum/platform/keys';
import { StorageModule } from '@lyceum/platform/storage';
import { defaultPieceLimits, RecorderModule } from '@lyceum/recording';
import { Module, type DynamicModule } from '@nestjs/common';

/** A minute is longer than any restart of ours; a class whose media is away for longer has stopped anyhow. */
const ORPHAN_MS = 60_000;

/** Records rooms. Needs database, keys and store to begin and to end, not while media flows. */
@Module({})
export class RecorderAppModule {
  static forRoot(config: RecorderConfig): DynamicModule {
    const { instance, listen, workerBin, pipe, journalDir } = config;
    return {
      module: RecorderAppModule,
      imports: [
        DatabaseModule.forRoot(config.database, instance),
        KeysModule.forRoot(config.keys),
        StorageModule.forRoot(config.store),
        HealthModule,
        RecorderModule.forRoot({
          instance,
          listen,
          workerBin,
          pipe,
          journalDir,
          controlToken: readSecret(config.controlTokenFile),
          pieceLimits: defaultPieceLimits,
          orphanMs: ORPHAN_MS,
        }),
      ],
    };
  }
}
