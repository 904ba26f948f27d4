import { describe, expect, it } from 'vitest';
import { effectivePermissions } from './course-access.js';
import { courseRolePermissions } from './course-permissions.js';

describe('CF-06 permissions by enrolment', () => {
  it('grow from student to teaching assistant to instructor', () => {
    const { student, ta, instructor } = courseRolePermissions;
    expect(ta).toEqual(expect.arrayContaining([...student]));
    expect(instructor).toEqual(expect.arrayContaining([...ta]));
    expect(student).not.toContain('room.moderate');
    expect(ta).not.toContain('room.end');
    expect(ta).not.toContain('recording.manage');
  });

  it('add to those of the institution', () => {
    const reader = { personId: 'p', all: true, institution: new Set(['audit.read'] as const) };
    expect(effectivePermissions(reader, 'student').has('audit.read')).toBe(true);
    expect(effectivePermissions(reader, 'student').has('room.join')).toBe(true);
    expect(effectivePermissions(reader, null).has('room.join')).toBe(false);
  });
});
