import { randomBytes } from 'node:crypto';
import type { Role } from '@lyceum/contracts';
import { AuditModule } from '@lyceum/platform/audit';
import { RequestContext, type Tenant } from '@lyceum/platform/context';
import { readSecret } from '@lyceum/platform/config';
import { Database, DatabaseModule } from '@lyceum/platform/database';
import { KeysModule } from '@lyceum/platform/keys';
import { Test, type TestingModule } from '@nestjs/testing';
import { KeycloakAdminClient } from '../provisioning/admin-client.js';
import { ProvisioningModule } from '../provisioning/provisioning.module.js';
import { TenantProvisioning } from '../provisioning/tenant-provisioning.js';
import type { ApplianceForTests } from './appliance-for-tests.js';

/** Seconds until every api knows of a new institution (its copy of them is at most five old). */
const KNOWN_WITHIN_MS = 15_000;

/** An institution of a test's own, made as the operator makes them. */
export class InstitutionForTests {
  readonly admin: KeycloakAdminClient;
  readonly password = randomBytes(12).toString('base64url');
  readonly #module: TestingModule;
  readonly #appliance: ApplianceForTests;
  tenant!: Tenant;

  private constructor(appliance: ApplianceForTests, module: TestingModule) {
    this.#appliance = appliance;
    this.#module = module;
    const { internalUrl, admin } = appliance.operator.keycloak;
    const [user, password] = [readSecret(admin.userFile), readSecret(admin.passwordFile)];
    this.admin = new KeycloakAdminClient({ internalUrl, user, password });
  }

  static async create(
    appliance: ApplianceForTests,
    people: Record<string, readonly Role[]>,
  ): Promise<InstitutionForTests> {
    const { operator } = appliance;
    const module = await Test.createTestingModule({
      imports: [
        DatabaseModule.forRoot(operator.database, 'test'),
        KeysModule.forRoot(operator.keys),
        AuditModule,
        ProvisioningModule.forRoot(operator),
      ],
    }).compile();
    await module.init();
    const institution = new InstitutionForTests(appliance, module);
    await institution.#provision(people);
    return institution;
  }

  get slug(): string {
    return this.tenant.slug;
  }

  get realmPath(): string {
    return `/realms/${this.tenant.realm}`;
  }

  person(username: string): { username: string; password: string } {
    return { username, password: this.password };
  }

  /** SQL as the application's role, with this institution set. */
  async query(sql: string, parameters: unknown[] = []): Promise<unknown> {
    const ctx = RequestContext.system(this.tenant, 'test');
    const database = this.#module.get(Database);
    return database.transaction(ctx, 'write', (tx) => tx.manager.query(sql, parameters));
  }

  /** Makes it as good as gone: rows stay, as they do for an institution that closes. */
  async close(): Promise<void> {
    await this.admin.send('DELETE', this.realmPath);
    await this.#module
      .get(Database)
      .platform((manager) => manager.query('update tenant set closed_at = now() where id = $1', [this.tenant.id]));
    await this.#module.close();
  }

  async #provision(people: Record<string, readonly Role[]>): Promise<void> {
    const slug = `id-${randomBytes(5).toString('hex')}`;
    const { region } = this.#appliance.operator;
    const { tenant } = await this.#module.get(TenantProvisioning).create({
      slug,
      name: `Test ${slug}`,
      region,
      accent: null,
      people: Object.entries(people).map(([username, roles]) => ({
        username,
        name: `${username} of ${slug}`,
        email: `${username}@${slug}.example`,
        roles,
        password: this.password,
      })),
    });
    this.tenant = tenant;
    await this.#untilKnown();
  }

  async #untilKnown(): Promise<void> {
    const { apiUrl } = this.#appliance;
    for (const end = Date.now() + KNOWN_WITHIN_MS; Date.now() < end;) {
      if ((await fetch(`${apiUrl}/t/${this.slug}/api/v1/me`)).status === 401) return;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    throw new Error(`the api does not know of ${this.slug}`);
  }
}
