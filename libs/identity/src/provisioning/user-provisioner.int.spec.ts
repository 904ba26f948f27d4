import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { applianceForTests } from '../testing/appliance-for-tests.js';
import { InstitutionForTests } from '../testing/institution-for-tests.js';
import { fetchToken, makeClient } from '../testing/tokens-for-tests.js';
import { UserProvisioner } from './user-provisioner.js';

const appliance = applianceForTests();

describe('OP-01 a person whom the operator makes', () => {
  let here: InstitutionForTests;
  beforeAll(async () => {
    here = await InstitutionForTests.create(appliance, { ada: ['admin'] });
  });
  afterAll(() => here.close());

  it('OP-01 is new once, and keeps the first password when made again', async () => {
    const users = new UserProvisioner(here.admin);
    const rita = (password: string) =>
      users.ensure(here.tenant.realm, {
        username: 'rita',
        name: 'Rita Hall',
        email: `rita@${here.slug}.example`,
        roles: ['admin'],
        password,
      });
    const first = await rita(here.password);
    expect(first).toMatchObject({ created: true, changed: true });
    const again = await rita(randomBytes(12).toString('base64url'));
    expect(again).toEqual({ subject: first.subject, created: false, changed: false });
    const client = await makeClient(here, { audience: appliance.api.keycloak.clientId });
    await expect(fetchToken(appliance, here, client, 'rita')).resolves.toBeTruthy();
  });
});
