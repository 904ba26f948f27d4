import { expect, it } from 'vitest';
import { contextsForTests, tenantForTests } from './backstage-for-tests.js';

it('RE-01 records for an institution that is newer than the copy of the list, and for none that is closed', async () => {
  const tenants = [tenantForTests(), { ...tenantForTests(), open: false }];
  const contexts = contextsForTests(tenants);
  expect(await contexts.all()).toHaveLength(1);
  const made = tenantForTests();
  tenants.push(made);
  expect((await contexts.of(made.id)).tenant.id).toBe(made.id);
  await expect(contexts.of(tenants[1]?.id ?? '')).rejects.toMatchObject({ code: 'RESOURCE.NOT_FOUND' });
});
