import { z } from 'zod';
import { permissionSchema } from '../permissions.js';
import { roleSchema } from '../roles.js';
import { tenantSummarySchema } from '../tenancy/index.js';

/** A person as other people of the same course see them. */
export const personSummarySchema = z.object({ id: z.uuid(), displayName: z.string() }).meta({ id: 'PersonSummary' });
export type PersonSummary = z.infer<typeof personSummarySchema>;

/** `GET /t/{slug}/api/v1/me`: who is signed in, and what they may do in the institution as a whole. */
export const meSchema = z
  .object({
    person: z.object({ id: z.uuid(), displayName: z.string(), username: z.string(), email: z.string().nullable() }),
    roles: z.array(roleSchema),
    /** Granted by the roles; permissions by enrolment come with each course. */
    permissions: z.array(permissionSchema),
    tenant: tenantSummarySchema,
    /** When the browser's session ends at the latest; null for a bearer token. */
    sessionExpiresAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'Me' });
export type Me = z.infer<typeof meSchema>;

/** `POST /t/{slug}/api/v1/auth/logout`: where the browser goes next so that Keycloak's own session ends, too. */
export const logoutResultSchema = z.object({ next: z.url() }).meta({ id: 'LogoutResult' });
export type LogoutResult = z.infer<typeof logoutResultSchema>;

/** `GET /t/{slug}/api/v1/people`, for those who run the institution. */
export const peopleQuerySchema = z.object({
  /** Part of a name, user name or e-mail address. */
  q: z.string().trim().min(1).max(100).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  /** `nextCursor` of the page before. */
  cursor: z.string().max(400).optional(),
});
export type PeopleQuery = z.infer<typeof peopleQuerySchema>;

export const directoryPersonSchema = z
  .object({
    id: z.uuid(),
    displayName: z.string(),
    username: z.string(),
    email: z.string().nullable(),
    /** As of the last sign-in or provisioning; Keycloak is the truth. */
    roles: z.array(roleSchema),
    department: z.string().nullable(),
    lastSeenAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'DirectoryPerson' });
export type DirectoryPerson = z.infer<typeof directoryPersonSchema>;

export const directoryPageSchema = z
  .object({ items: z.array(directoryPersonSchema), nextCursor: z.string().nullable() })
  .meta({ id: 'DirectoryPage' });
export type DirectoryPage = z.infer<typeof directoryPageSchema>;
