import { existsSync } from 'node:fs';
import { TenantProvisioning } from '@lyceum/identity';
import { RequestContext } from '@lyceum/platform/context';
import { Database, TenantDirectory } from '@lyceum/platform/database';
import { DemoCourses } from '@lyceum/scheduling';
import type { INestApplicationContext } from '@nestjs/common';
import type { CommandDefinition } from '../command.js';
import { demoInstitution, demoInstitutions, type DemoInstitution } from '../demo/institutions.js';
import { ensurePeopleFile, type DemoPerson } from '../demo/people-file.js';
import { withOperator } from '../operator.module.js';
import { printResult } from '../output.js';
import { readTenantSlug } from './tenant-slug.js';

/**
 * Makes the demo institutions, or with `--tenant` another one like them. Their people and generated passwords are in
 * `--people-file`, written before anything else, so that a run that was killed goes on with the same passwords. Prints
 * `{"changed": number of institutions}`.
 */
export const seed: CommandDefinition = {
  name: 'seed',
  usage: 'seed --people-file FILE [--tenant SLUG --name NAME]',
  options: ['people-file', 'tenant', 'name'],
  async run(options, { config, log }) {
    const file = options.need('people-file');
    const slug = options.find('tenant');
    const institutions =
      slug === undefined ? demoInstitutions : [demoInstitution(readTenantSlug(slug), options.need('name'))];
    const changed = await withOperator(config, async (app) => {
      if (slug !== undefined && !existsSync(file)) await refuseToJoin(app, slug);
      const people = await ensurePeopleFile(file, institutions);
      let count = 0;
      for (const institution of institutions) {
        const did = await ensureInstitution(app, institution, config.region, people);
        log.info({ tenant: institution.slug, changed: did }, 'institution seeded');
        if (did) count += 1;
      }
      return count;
    });
    printResult({ changed });
    return 0;
  },
};

/** An institution of real people must not get an administrator that a list names. */
async function refuseToJoin(app: INestApplicationContext, slug: string): Promise<void> {
  const there = (await app.get(TenantDirectory).all()).some((tenant) => tenant.slug === slug);
  if (there) throw new Error(`"${slug}" is there already; demo people come with a new institution only`);
}

async function ensureInstitution(
  app: INestApplicationContext,
  { slug, name, accent, course }: DemoInstitution,
  region: string,
  everyone: readonly DemoPerson[],
): Promise<boolean> {
  const people = everyone.filter((person) => person.tenant === slug).map(withAddress);
  const made = await app.get(TenantProvisioning).create({ slug, name, accent, region, people });
  const ctx = RequestContext.system(made.tenant, 'operator');
  const enrolled = course.people.map(({ username, role }) => {
    const personId = made.personIds.get(username);
    if (personId === undefined) throw new Error(`${username} is not among the people of ${slug}`);
    return { personId, role };
  });
  const { created } = await app
    .get(Database)
    .transaction(ctx, 'write', (tx) => app.get(DemoCourses).ensure(tx, { ...course, people: enrolled }));
  return made.changed || created;
}

/** Demo people have no post box: `.example` belongs to nobody (RFC 2606). */
const withAddress = ({ tenant, ...person }: DemoPerson) => ({
  ...person,
  email: `${person.username}@${tenant}.example`,
});
