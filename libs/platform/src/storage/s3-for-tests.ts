import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { readSecret, storeSchema } from '../config/index.js';
import type { S3Options } from './s3-object-store.js';

const optionsSchema = z.strictObject({
  endpoint: z.url(),
  region: z.string(),
  bucket: z.string(),
  accessKey: z.string(),
  secretKey: z.string(),
});

/**
 * The server that integration tests speak to: `LYCEUM_TEST_S3` (S3Options as JSON) names any S3 server, such as a MinIO
 * that an institution runs; otherwise it is the store of the appliance at `LYCEUM_HOME`.
 */
export function s3ForTests(environment: NodeJS.ProcessEnv = process.env): S3Options {
  if (environment.LYCEUM_TEST_S3) return optionsSchema.parse(JSON.parse(environment.LYCEUM_TEST_S3));
  const home = environment.LYCEUM_HOME;
  if (!home) throw new Error('LYCEUM_HOME or LYCEUM_TEST_S3 must name a store to test against');
  const file = join(home, 'config', 'operator', 'operator.json');
  const { store } = z.object({ store: storeSchema }).parse(JSON.parse(readFileSync(file, 'utf8')));
  const { endpoint, region, bucket } = store;
  return {
    endpoint,
    region,
    bucket,
    accessKey: readSecret(store.accessKeyFile),
    secretKey: readSecret(store.secretKeyFile),
  };
}
