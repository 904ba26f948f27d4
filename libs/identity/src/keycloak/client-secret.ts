import { createHmac } from 'node:crypto';

/**
 * The secret of our client in a realm: HMAC-SHA-256 of the realm's name. So api and operator agree on it without any
 * process storing one secret per tenant, and one realm's secret says nothing about another's.
 */
export function deriveClientSecret(key: Buffer, realm: string): string {
  return createHmac('sha256', key).update(`lyceum client secret v1\0${realm}`).digest('base64url');
}
