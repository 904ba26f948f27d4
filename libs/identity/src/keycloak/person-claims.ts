import { roles, type Role } from '@lyceum/contracts';
import type { PersonClaims } from '@lyceum/tenancy';
import type { AccessClaims } from './realm-verifier.js';

const known: ReadonlySet<string> = new Set(roles);

/** What the directory keeps of a token. Roles that aren't ours (`offline_access`, the institution's own) mean nothing here. */
export function toPersonClaims(claims: AccessClaims): PersonClaims {
  const username = claims.preferred_username ?? claims.sub;
  return {
    subject: claims.sub,
    username,
    displayName: claims.name?.trim() || username,
    email: claims.email ?? null,
    roles: (claims.realm_access?.roles ?? []).filter(isRole),
  };
}

const isRole = (name: string): name is Role => known.has(name);
