import { randomUUID } from 'node:crypto';
import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Audit } from '../audit/index.js';
import { RequestContext, type Tenant } from '../context/index.js';
import { TenantDirectory } from '../database/index.js';
import { commonError, notFound } from '../errors/index.js';
import { controllerScopeOf } from './controllers.js';
import { refuseForgery } from './csrf.js';
import { endpointOf, type EndpointDefinition } from './endpoint.js';
import { httpOptionsKey, type HttpOptions } from './options.js';
import { Authenticator, PermissionPolicy, RateLimiter } from './ports.js';
import { setContext } from './request-state.js';

/**
 * Everything that must hold before a handler runs, in this order: rate, tenant, forgery, who, permission. There is no
 * way around it: it is global, and the boot fails when a handler has no endpoint definition.
 */
@Injectable()
export class RequestGuard implements CanActivate {
  constructor(
    private readonly tenants: TenantDirectory,
    private readonly authenticator: Authenticator,
    private readonly policy: PermissionPolicy,
    private readonly limiter: RateLimiter,
    private readonly audit: Audit,
    @Inject(httpOptionsKey) private readonly options: HttpOptions,
  ) {}

  async canActivate(execution: ExecutionContext): Promise<boolean> {
    if (execution.getType() !== 'http') return true;
    const definition = endpointOf(execution.getHandler());
    if (!definition) throw new Error('a handler without @Endpoint got past the boot check');
    const request = execution.switchToHttp().getRequest<Request>();
    const requestId = requestIdOf(request);
    await this.limit(request, execution.switchToHttp().getResponse<Response>());
    const tenant = await this.tenantOf(execution, request);
    refuseForgery(request, this.options.origin);
    await this.admit(definition, request, requestId, tenant);
    return true;
  }

  private async limit(request: Request, response: Response): Promise<void> {
    const seconds = await this.limiter.hit(request);
    if (seconds <= 0) return;
    response.setHeader('retry-after', String(Math.ceil(seconds)));
    throw commonError('REQUEST.TOO_MANY');
  }

  private async tenantOf(execution: ExecutionContext, request: Request): Promise<Tenant | null> {
    if (controllerScopeOf(execution.getClass()) !== 'tenant') return null;
    const tenant = await this.tenants.bySlug(String(request.params.tenant));
    if (!tenant) throw notFound('tenant');
    return tenant;
  }

  private async admit(
    definition: EndpointDefinition,
    request: Request,
    requestId: string,
    tenant: Tenant | null,
  ): Promise<void> {
    const who = tenant ? await this.authenticator.authenticate(request, tenant) : ({ kind: 'anonymous' } as const);
    const actor = who.kind === 'foreign' ? ({ kind: 'anonymous' } as const) : who;
    const locale = request.acceptsLanguages()[0] ?? 'en';
    const ctx = RequestContext.create({ requestId, tenant, actor, locale });
    setContext(request, ctx);
    const { permission } = definition;
    if (permission === 'public') return;
    if (who.kind === 'foreign') throw notFound('tenant');
    if (actor.kind === 'anonymous') throw commonError('AUTH.REQUIRED');
    if (permission === 'signed-in' || (await this.policy.has(ctx, permission))) return;
    await this.audit.denied(ctx, { action: 'access.denied', detail: { permission, method: definition.method } });
    throw commonError('AUTH.FORBIDDEN', { meta: { permission } });
  }
}

/** The id that pino-http gave the request and that the answer carries in `x-request-id`. */
function requestIdOf(request: Request): string {
  return typeof request.id === 'string' ? request.id : randomUUID();
}
