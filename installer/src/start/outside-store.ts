import { readFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { join } from 'node:path';
import { getCACertificates } from 'node:tls';
import { Failure, messageOf } from '../cli/failure.ts';
import type { StepResult } from '../cli/output.ts';
import { componentNamed } from '../components/index.ts';
import { originals } from '../configure/secrets.ts';
import { exists } from '../host/files.ts';
import type { Layout } from '../host/layout.ts';
import type { Appliance } from '../model/appliance.ts';
import type { OutsideStore } from '../model/outside-store.ts';
import { runOperator } from './operator.ts';
import { removeService } from './supervisor.ts';

const patience = 3000;

/**
 * Asks whether an object store outside the appliance is there: undefined when it is, else why not, in words. Nothing is
 * signed, so an answer that refuses is a good one.
 */
export function storeUnreachable(layout: Layout, { endpoint }: OutsideStore): Promise<string | undefined> {
  const secure = endpoint.startsWith('https:');
  return new Promise((resolve) => {
    const request = secure
      ? httpsRequest(endpoint, { timeout: patience, agent: false, ca: trusted(layout) })
      : httpRequest(endpoint, { timeout: patience, agent: false });
    request.once('timeout', () => request.destroy(new Error('does not answer')));
    request.once('error', (error) => resolve(`${endpoint}: ${messageOf(error)}`));
    request.once('response', ({ statusCode = 0 }) => {
      request.destroy();
      resolve(statusCode < 500 ? undefined : `${endpoint} answers ${statusCode}`);
    });
    request.end();
  });
}

/** Whom the appliance's own processes trust: public authorities, this machine's, and the appliance's. */
function trusted(layout: Layout): string[] {
  const own = exists(layout.authority) ? [readFileSync(layout.authority, 'utf8')] : [];
  return [...getCACertificates('bundled'), ...getCACertificates('system'), ...own];
}

/**
 * Writes, reads and removes an object with the keys that were brought, and stops a store of our own that an earlier `up`
 * started. @throws Failure that names the endpoint
 */
export async function ensureOutsideStore(appliance: Appliance, store: OutsideStore): Promise<StepResult> {
  const { layout } = appliance;
  const { status, output } = await runOperator(appliance, ['store', 'check']);
  if (status !== 0) {
    throw new Failure(
      'store',
      output.trim().split('\n').at(-1) ?? `${store.endpoint} can't be used`,
      `correct ${join(layout.config, 'appliance.json')} or ${join(originals(layout), 'store-*-key')}, then ./lyceum up`,
    );
  }
  return { changed: Number(await removeService(layout, componentNamed('store'))), note: store.endpoint };
}
