import { tenantSlugSchema } from '@lyceum/contracts';

/** @throws Error that says what an institution's address may look like. */
export function readTenantSlug(given: string): string {
  const slug = tenantSlugSchema.safeParse(given);
  if (slug.success) return slug.data;
  const rules = slug.error.issues.map((issue) => issue.message).join(', ');
  throw new Error(`"${given}" can't be the address of an institution: ${rules}`);
}
