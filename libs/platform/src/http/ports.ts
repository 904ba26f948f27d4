import type { Permission } from '@lyceum/contracts';
import type { Request } from 'express';
import type { Actor, RequestContext, Tenant } from '../context/index.js';

/**
 * Who a request comes from. `foreign`: the credentials are good, but for another tenant; then everything but public
 * routes is 404, so that one institution's people learn nothing about another. A missing, expired or wrong credential is
 * the anonymous actor (401 where somebody is needed).
 */
export type Authentication = Actor | { kind: 'foreign' };

/**
 * Port: implemented by identity, provided by the application under this class as token. Runs once a request, outside of
 * a transaction. A request with an `Authorization` header must be judged by that header alone: only requests without it
 * are checked against forgery.
 */
export abstract class Authenticator {
  abstract authenticate(request: Request, tenant: Tenant): Promise<Authentication>;
}

/**
 * Port: whether the actor's roles grant a permission in the institution as a whole, or, for permissions that a course
 * role can grant, might grant it somewhere; the service then decides about the one course.
 */
export abstract class PermissionPolicy {
  abstract has(ctx: RequestContext, permission: Permission): boolean | Promise<boolean>;
}

/** Port: counts requests. Runs before authentication, so that guessing credentials is limited as well. */
export abstract class RateLimiter {
  /** @returns 0 when the request may pass, else the seconds to wait. */
  abstract hit(request: Request): number | Promise<number>;
}
