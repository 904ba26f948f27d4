import { z } from 'zod';
import { readSecret } from '../config/index.js';
import { applianceForTests } from '../keys/appliance-for-tests.js';
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
  const { accessKeyFile, secretKeyFile, ...store } = applianceForTests(environment).store;
  return { ...store, accessKey: readSecret(accessKeyFile), secretKey: readSecret(secretKeyFile) };
}
