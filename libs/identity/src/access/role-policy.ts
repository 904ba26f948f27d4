import type { Permission } from '@lyceum/contracts';
import type { RequestContext } from '@lyceum/platform/context';
import { PermissionPolicy } from '@lyceum/platform/http';
import { Injectable } from '@nestjs/common';
import { permissionsOf } from './role-permissions.js';

/** Permissions that only a role in the institution grants; every other one may also come with an enrolment in a course. */
const institutionOnly: ReadonlySet<Permission> = new Set<Permission>([
  'person.list',
  'audit.read',
  'audit.verify',
  'course.create',
]);

/** First of two looks at a permission: could the actor hold it at all? The second is each aggregate's own. */
@Injectable()
export class RolePolicy extends PermissionPolicy {
  has(ctx: RequestContext, permission: Permission): boolean {
    const { actor } = ctx;
    if (actor.kind !== 'person') return actor.kind === 'system';
    return permissionsOf(actor.roles).has(permission) || !institutionOnly.has(permission);
  }
}
