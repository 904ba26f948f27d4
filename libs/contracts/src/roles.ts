import { z } from 'zod';

/** Roles a person holds in the whole institution; they are realm roles in its Keycloak realm. */
export const roles = ['admin', 'program-manager', 'instructor', 'student'] as const;
export const roleSchema = z.enum(roles).meta({ id: 'Role' });
export type Role = z.infer<typeof roleSchema>;

/** Roles a person holds in one course, by enrolment; they say nothing about any other course. */
export const courseRoles = ['instructor', 'ta', 'student'] as const;
export const courseRoleSchema = z.enum(courseRoles).meta({ id: 'CourseRole' });
export type CourseRole = z.infer<typeof courseRoleSchema>;
