import { permissions, roles, type Permission, type Role } from '@lyceum/contracts';
import { RequestContext } from '@lyceum/platform/context';
import { describe, expect, it } from 'vitest';
import { permissionsOf } from './role-permissions.js';
import { RolePolicy } from './role-policy.js';

const tenant = { id: 't', slug: 't', name: 'T', realm: 't', region: 'local' };
const may = (held: readonly Role[], permission: Permission) =>
  new RolePolicy().has(
    RequestContext.create({ tenant, actor: { kind: 'person', personId: 'p', roles: held } }),
    permission,
  );

describe('CF-06 permissions by role', () => {
  it('keep the institution to those who run it', () => {
    for (const permission of ['person.list', 'course.create'] as const) {
      expect(roles.filter((role) => may([role], permission))).toEqual(['admin', 'program-manager']);
    }
    for (const permission of ['audit.read', 'audit.verify'] as const) {
      expect(roles.filter((role) => may([role], permission))).toEqual(['admin']);
    }
  });

  it('let everybody try what an enrolment could grant: the course decides', () => {
    for (const permission of ['session.create', 'room.join', 'recording.view'] as const) {
      expect(may(['student'], permission)).toBe(true);
    }
  });

  it('never open a room by rank', () => {
    const inRooms = permissions.filter((permission) => permission.startsWith('room.'));
    expect(inRooms.length).toBeGreaterThan(5);
    for (const permission of inRooms) expect(permissionsOf(roles).has(permission)).toBe(false);
  });

  it('grant nothing to nobody', () => {
    expect(permissionsOf([]).size).toBe(0);
    const anonymous = RequestContext.create({ tenant, actor: { kind: 'anonymous' } });
    for (const permission of permissions) expect(new RolePolicy().has(anonymous, permission)).toBe(false);
  });
});
