import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { CourseRole, Role } from '@lyceum/contracts';
import { AuditModule } from '@lyceum/platform/audit';
import { loadConfig, operatorConfig } from '@lyceum/platform/config';
import { RequestContext, type Tenant } from '@lyceum/platform/context';
import { Database, DatabaseModule } from '@lyceum/platform/database';
import { Institutions, People } from '@lyceum/tenancy';
import { Global, Module } from '@nestjs/common';
import { Test, type TestingModule } from '@nestjs/testing';
import { AttendanceRecord, ReplayCatalogue } from '../application/ports.js';
import { DemoCourses } from '../application/demo-course.js';
import { SchedulingModule } from '../scheduling.module.js';

/** What the neighbours would say; a test fills it in. */
export const neighbours = {
  replays: new Map<string, { state: 'preparing' | 'ready'; durationMs: number | null }>(),
  attended: new Set<string>(),
};

@Global()
@Module({
  providers: [
    { provide: ReplayCatalogue, useValue: { statesOf: async () => neighbours.replays } },
    { provide: AttendanceRecord, useValue: { attendedBy: async () => neighbours.attended } },
  ],
  exports: [ReplayCatalogue, AttendanceRecord],
})
class NeighboursModule {}

/** Scheduling on the appliance's database at `LYCEUM_HOME`, without HTTP and Keycloak. */
export async function schedulingForTests(): Promise<TestingModule> {
  const home = process.env.LYCEUM_HOME;
  if (!home) throw new Error('LYCEUM_HOME must name a running test appliance');
  const file = join(home, 'config', 'operator', 'operator.json');
  const { database } = loadConfig(operatorConfig, { LYCEUM_CONFIG: file });
  const imports = [DatabaseModule.forRoot(database, 'test'), AuditModule, NeighboursModule, SchedulingModule];
  const module = await Test.createTestingModule({ imports }).compile();
  return module.init().then(() => module);
}

/** An institution of a test's own, with one course. */
export interface InstitutionForTests {
  tenant: Tenant;
  courseId: string;
  as: (username: string, roles?: readonly Role[]) => RequestContext;
  personId: (username: string) => string;
  close: () => Promise<void>;
}

export async function institutionForTests(
  module: TestingModule,
  people: Record<string, CourseRole | null>,
): Promise<InstitutionForTests> {
  const slug = `sched-${randomUUID().slice(0, 8)}`;
  const { tenant } = await module.get(Institutions).ensure({ slug, name: slug, region: 'local', accent: null });
  const database = module.get(Database);
  const ids = new Map<string, string>();
  const courseId = await database.transaction(RequestContext.system(tenant, 'test'), 'write', async (tx) => {
    for (const username of Object.keys(people)) {
      const claims = { subject: randomUUID(), username, displayName: username, email: null, roles: [] };
      ids.set(username, (await module.get(People).ensure(tx, claims, false)).id);
    }
    const enrolled = Object.entries(people).flatMap(([username, role]) =>
      role === null ? [] : [{ personId: ids.get(username) ?? '', role }],
    );
    const course = { code: 'Test 1', title: 'Testing', term: 'Now', timeZone: 'Europe/Stockholm', sessions: [] };
    return (await module.get(DemoCourses).ensure(tx, { ...course, people: enrolled })).courseId;
  });
  const personId = (username: string) => ids.get(username) ?? '';
  return {
    tenant,
    courseId,
    personId,
    as: (username, roles = ['student']) =>
      RequestContext.create({ tenant, actor: { kind: 'person', personId: personId(username), roles } }),
    close: async () => {
      await database.platform((manager) =>
        manager.query('update tenant set closed_at = now() where id = $1', [tenant.id]),
      );
    },
  };
}
