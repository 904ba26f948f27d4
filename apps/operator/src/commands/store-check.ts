import { randomUUID } from 'node:crypto';
import { readSecret } from '@lyceum/platform/config';
import { S3ObjectStore } from '@lyceum/platform/storage';
import type { CommandDefinition } from '../command.js';
import { printResult } from '../output.js';

/**
 * Writes, reads and removes one object: whether an object store that somebody else runs takes our keys, and lets us do
 * what a recording needs. Makes the bucket when it is missing. Prints `{"endpoint","bucket"}`.
 */
export const storeCheck: CommandDefinition = {
  name: 'store check',
  usage: 'store check',
  options: [],
  async run(_options, { config }) {
    const { endpoint, region, bucket, accessKeyFile, secretKeyFile } = config.store;
    const keys = { accessKey: readSecret(accessKeyFile), secretKey: readSecret(secretKeyFile) };
    const store = new S3ObjectStore({ endpoint, region, bucket, ...keys });
    const name = `check/${randomUUID()}`;
    try {
      await store.ensureBucket();
      await store.put(name, Buffer.from(name));
      await store.stat(name);
      await store.remove(name);
    } catch (cause) {
      throw new Error(`the object store at ${endpoint} (bucket ${bucket}) can't be used`, { cause });
    }
    printResult({ endpoint, bucket });
    return 0;
  },
};
