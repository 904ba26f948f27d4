import { it } from 'vitest';
import { allHealthy, killComponent } from '../processes.js';
import { HttpPerson } from '../robot/http-person.js';
import { applianceUnderTest } from './appliance-under-test.js';

/** All at once, so that every connection is used that Keycloak keeps; each only once, since it locks out who tries twice. */
const people = {
  northfield: ['ada', 'anna', 'per', 'maya', 'tomas', 'jun'],
  southgate: ['sam', 'ines', 'leo'],
};

it('OP-11 SE-01 everyone can sign in as soon as a database that died is back', { timeout: 180_000 }, async () => {
  const appliance = applianceUnderTest();
  const everyone = Object.entries(people).flatMap(([tenant, names]) =>
    names.map((name) => appliance.person(tenant, name)),
  );
  const signIn = async (credentials: (typeof everyone)[number]) => {
    await (await HttpPerson.arrive(appliance, credentials)).leave();
  };
  await Promise.all(everyone.map(signIn));
  await killComponent('postgres');
  await allHealthy(60_000);
  await Promise.all(everyone.map(signIn));
});
