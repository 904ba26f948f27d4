import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { TenantRounds } from './tenant-rounds.js';

const tenants = ['a', 'b'].map((slug) => ({ id: slug, slug, name: slug, realm: slug, region: 'local' }));

it('OP-01 rounds visit every institution, survive a failure and end when told', async () => {
  const visited: string[] = [];
  let failures = 0;
  const rounds = new TenantRounds({
    name: 'spec',
    pauseMs: 1,
    tenants: async () => tenants,
    work: async ({ slug }) => {
      if (failures++ === 0) throw new Error('the first visit fails');
      visited.push(slug);
    },
  });
  rounds.start();
  while (visited.length < 4) await sleep(5);
  await rounds.stop();
  expect(visited.slice(0, 4)).toEqual(['a', 'b', 'a', 'b']);
  const count = visited.length;
  await sleep(30);
  expect(visited).toHaveLength(count);
});
