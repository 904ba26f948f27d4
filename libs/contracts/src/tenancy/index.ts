import { z } from 'zod';

/** The part of an institution's address after `/t/`; also the name of its Keycloak realm. */
export const tenantSlugSchema = z
  .string()
  .regex(/^[a-z][a-z0-9-]{1,38}[a-z0-9]$/, 'lower case letters, digits, dashes');

/** A colour as the portal's tokens write it, `#rrggbb`; null means the portal's own accent. */
export const accentSchema = z
  .string()
  .regex(/^#[0-9a-f]{6}$/)
  .nullable();

/** What anyone may know of an institution before signing in: enough to choose it. */
export const tenantSummarySchema = z
  .object({ slug: tenantSlugSchema, name: z.string(), accent: accentSchema })
  .meta({ id: 'TenantSummary' });
export type TenantSummary = z.infer<typeof tenantSummarySchema>;

/** `GET /api/v1/tenants` */
export const tenantListSchema = z.object({ items: z.array(tenantSummarySchema) }).meta({ id: 'TenantList' });
export type TenantList = z.infer<typeof tenantListSchema>;
