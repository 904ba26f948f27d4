import { randomUUID } from 'node:crypto';
import { joinResponseSchema, type CourseRole, type JoinResponse, type Problem, problemSchema } from '@lyceum/contracts';
import { RequestContext, type Tenant } from '@lyceum/platform/context';
import { Database, TenantDirectory } from '@lyceum/platform/database';
import type { TestApi } from './test-api.js';

export interface TestPerson {
  readonly id: string;
  readonly name: string;
  readonly role: CourseRole;
  /** The browser's session they are signed in with; without one they count as a program. */
  readonly webSession?: string;
}

/** One institution with a course and one planned class session, made for one test. */
export class TestClass {
  readonly tenant: Tenant;
  readonly courseId = randomUUID();
  readonly sessionId = randomUUID();

  private constructor(
    private readonly database: Database,
    readonly people: Readonly<Record<'anna' | 'per' | 'maya' | 'tomas' | 'jun', TestPerson>>,
  ) {
    const id = randomUUID();
    const slug = `t${id.slice(0, 12).replace('-', '')}`;
    this.tenant = { id, slug, name: slug, realm: slug, region: 'local' };
  }

  static async create(api: TestApi, options: { recorded?: boolean } = {}): Promise<TestClass> {
    const person = (name: string, role: CourseRole): TestPerson => ({ id: randomUUID(), name, role });
    const made = new TestClass(api.app.get(Database), {
      anna: person('Anna Lindqvist', 'instructor'),
      per: person('Per Berg', 'ta'),
      maya: person('Maya Okafor', 'student'),
      tomas: person('Tomás Rey', 'student'),
      jun: person('Jun Hayashi', 'student'),
    });
    await made.store(options.recorded ?? false);
    return made;
  }

  get ctx(): RequestContext {
    return RequestContext.system(this.tenant, 'test');
  }

  /** Makes an api know the institution at once. */
  async knownTo(...apis: readonly TestApi[]): Promise<void> {
    for (const api of apis) {
      api.app.get(TenantDirectory).refresh();
      await api.app.get(TenantDirectory).list();
    }
  }

  /** `POST sessions/{id}/join` (or another verb) as one of its people, or as someone of another class. */
  async post(api: TestApi, verb: 'join' | 'end', person: TestPerson, from: TestClass = this): Promise<Response> {
    return fetch(`http://${api.host}/t/${this.tenant.slug}/api/v1/sessions/${this.sessionId}/${verb}`, {
      method: 'POST',
      headers: { 'x-test-person': [from.tenant.id, person.id, 'student', person.webSession].join(' ').trim() },
    });
  }

  async join(api: TestApi, person: TestPerson): Promise<JoinResponse> {
    const response = await this.post(api, 'join', person);
    const body: unknown = await response.json();
    if (response.status !== 201) throw new Error(`join: ${JSON.stringify(body)}`);
    return joinResponseSchema.parse(body);
  }

  query<T>(sql: string, parameters: readonly unknown[] = []): Promise<T> {
    return this.database.transaction(this.ctx, 'write', (tx) => tx.manager.query<T>(sql, [...parameters]));
  }

  /** Takes the institution out of every sweep. */
  async close(): Promise<void> {
    await this.database.platform((manager) =>
      manager.query('update tenant set closed_at = now() where id = $1', [this.tenant.id]),
    );
  }

  private async store(recorded: boolean): Promise<void> {
    const { id, slug, name, realm, region } = this.tenant;
    await this.database.platform((manager) =>
      manager.query('insert into tenant (id, slug, name, realm, region) values ($1, $2, $3, $4, $5)', [
        id,
        slug,
        name,
        realm,
        region,
      ]),
    );
    const people = Object.values(this.people);
    await this.query(
      `insert into person (tenant_id, id, region, subject, username, display_name)
       select $1, id, 'local', id::text, id::text, name from jsonb_to_recordset($2::jsonb) as p (id uuid, name text)`,
      [id, JSON.stringify(people)],
    );
    await this.query(
      `insert into course (tenant_id, id, region, code, title, term) values ($1, $2, 'local', 'E', 'E', 'T')`,
      [id, this.courseId],
    );
    await this.query(
      `insert into enrolment (tenant_id, id, course_id, person_id, role)
       select $1, gen_random_uuid(), $2, id, role from jsonb_to_recordset($3::jsonb) as p (id uuid, role text)`,
      [id, this.courseId, JSON.stringify(people)],
    );
    await this.query(
      `insert into class_session (tenant_id, id, region, course_id, title, starts_at, ends_at, time_zone, recorded)
       values ($1, $2, 'local', $3, 'One', now(), now() + interval '1 hour', 'Europe/Stockholm', $4)`,
      [id, this.sessionId, this.courseId, recorded],
    );
  }
}

/** The problem in an answer that is one. */
export async function problemIn(response: Response): Promise<Problem> {
  return problemSchema.parse(await response.json());
}
