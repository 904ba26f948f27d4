import { Module, type DynamicModule, type Type } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Request } from 'express';
import { Audit } from '../audit/index.js';
import type { RequestContext, Tenant } from '../context/index.js';
import { Database, TenantDirectory } from '../database/index.js';
import { HealthModule } from '../health/index.js';
import { createHttpApplication } from './application.js';
import { HttpModule } from './http.module.js';
import { Authenticator, PermissionPolicy, type Authentication } from './ports.js';

export const testOrigin = 'https://lyceum.example';
const northfield: Tenant = { id: 'n', slug: 'northfield', name: 'Northfield', realm: 'northfield', region: 'local' };

/** Believes what the request says: `Bearer anna`, or a cookie with the name in it. `leo` belongs to another tenant. */
class TrustingAuthenticator extends Authenticator {
  async authenticate(request: Request): Promise<Authentication> {
    const name = request.headers.authorization?.slice('Bearer '.length) ?? request.headers.cookie?.split('=')[1];
    if (name === undefined || name === 'expired') return { kind: 'anonymous' };
    return name === 'leo'
      ? { kind: 'foreign' }
      : { kind: 'person', personId: name, sessionId: 's1', roles: ['student'] };
  }
}

/** Anna may do everything, others nothing. */
class AnnaPolicy extends PermissionPolicy {
  has(ctx: RequestContext): boolean {
    return ctx.actor.kind === 'person' && ctx.actor.personId === 'anna';
  }
}

@Module({ providers: [TrustingAuthenticator, AnnaPolicy], exports: [TrustingAuthenticator, AnnaPolicy] })
class TestIdentityModule {}

/** What the application did to the things behind it, in order. */
export type Journal = string[];

/** The HTTP edge with real guards and no services: transactions and audit entries only leave a line in `journal`. */
export async function startHttpForTests(
  controllers: Type[],
  journal: Journal,
  options: { requestsPerMinute?: number; bodyBytes?: number } = {},
): Promise<{ app: NestExpressApplication; url: string }> {
  const { requestsPerMinute = 1000, bodyBytes = 1000 } = options;
  const app = await createHttpApplication(testModule(controllers, journal, requestsPerMinute), {
    bodyBytes,
    version: '1',
  });
  await app.listen(0, '127.0.0.1');
  return { app, url: await app.getUrl() };
}

function testModule(controllers: Type[], journal: Journal, requestsPerMinute: number): DynamicModule {
  @Module({})
  class ServicesModule {}
  @Module({})
  class TestModule {}

  const providers = [
    { provide: Database, useValue: journallingDatabase(journal) },
    {
      provide: TenantDirectory,
      useValue: { bySlug: async (slug: string) => (slug === northfield.slug ? northfield : null) },
    },
    {
      provide: Audit,
      useValue: { denied: async (_ctx: unknown, { action }: { action: string }) => journal.push(`audit ${action}`) },
    },
  ];
  const http = HttpModule.forRoot({
    origin: testOrigin,
    bodyBytes: 1000,
    requestsPerMinute,
    strictResponses: true,
    imports: [TestIdentityModule],
    authenticator: TrustingAuthenticator,
    policy: AnnaPolicy,
  });
  const services = { module: ServicesModule, global: true, providers, exports: [Database, TenantDirectory, Audit] };
  return { module: TestModule, imports: [services, HealthModule, http], controllers };
}

function journallingDatabase(journal: Journal) {
  return {
    async transaction<T>(ctx: RequestContext, mode: string, fn: (ctx: RequestContext) => Promise<T>): Promise<T> {
      journal.push(`begin ${mode}`);
      try {
        const result = await fn(ctx);
        journal.push('commit');
        return result;
      } catch (error) {
        journal.push('rollback');
        throw error;
      }
    },
  };
}
