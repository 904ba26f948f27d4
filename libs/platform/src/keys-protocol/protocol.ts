import { z } from 'zod';

/**
 * What a peer may ask the keys process, one JSON object a line, and what it answers. Requests and answers carry the same
 * `id`; several may be under way on one connection. Keys and wrapped keys are base64.
 */

/** A longer line ends the connection: no request comes near it. */
export const MAX_LINE_BYTES = 8 * 1024;

const name = z.string().min(1).max(64);
const secretBytes = z.base64().max(128);

/** A tenant's key as PostgreSQL keeps it: wrapped by the root key, bound to tenant, region and version. */
export const wrappedTenantKeySchema = z.strictObject({
  tenantId: z.uuid(),
  region: name,
  version: z.int().min(1),
  wrapped: secretBytes,
});
export type WrappedTenantKey = z.infer<typeof wrappedTenantKeySchema>;

/** What a wrapped data key is bound to besides its tenant. */
export const dataKeyNameSchema = z.strictObject({ id: z.uuid(), kind: z.string().regex(/^[a-z][a-z.-]{0,63}$/) });
export type DataKeyName = z.infer<typeof dataKeyNameSchema>;

const id = z.string().min(1).max(64);

/** Requests by operation. */
export const keysRequestSchema = z.discriminatedUnion('op', [
  z.strictObject({ id, op: z.literal('health') }),
  z.strictObject({
    id,
    op: z.literal('createTenantKey'),
    tenantId: z.uuid(),
    region: name,
    version: z.int().min(1),
  }),
  z.strictObject({ id, op: z.literal('rewrapTenantKey'), tenantKey: wrappedTenantKeySchema }),
  z.strictObject({
    id,
    op: z.literal('createDataKey'),
    tenantKey: wrappedTenantKeySchema,
    dataKey: dataKeyNameSchema,
  }),
  z.strictObject({
    id,
    op: z.literal('openDataKey'),
    tenantKey: wrappedTenantKeySchema,
    dataKey: dataKeyNameSchema,
    wrapped: secretBytes,
  }),
  z.strictObject({
    id,
    op: z.literal('rewrapDataKey'),
    from: wrappedTenantKeySchema,
    to: wrappedTenantKeySchema,
    dataKey: dataKeyNameSchema,
    wrapped: secretBytes,
  }),
]);
export type KeysRequest = z.infer<typeof keysRequestSchema>;
export type KeysOperation = KeysRequest['op'];

const results = {
  health: z.strictObject({ status: z.literal('ok'), region: name, rootKeyId: z.string() }),
  createTenantKey: z.strictObject({ wrapped: secretBytes, rootKeyId: z.string() }),
  rewrapTenantKey: z.strictObject({ wrapped: secretBytes, rootKeyId: z.string() }),
  createDataKey: z.strictObject({ key: secretBytes, wrapped: secretBytes }),
  openDataKey: z.strictObject({ key: secretBytes }),
  rewrapDataKey: z.strictObject({ wrapped: secretBytes }),
} as const satisfies Record<KeysOperation, z.ZodType>;
type KeysResults = { [O in KeysOperation]: z.infer<(typeof results)[O]> };
export type KeysResult<O extends KeysOperation> = KeysResults[O];

/** Results by operation. `rootKeyId` is a fingerprint of the root key that wrapped, so that its rotation is a query. */
export const keysResultSchemas: { readonly [O in KeysOperation]: z.ZodType<KeysResults[O]> } = results;

/**
 * - `invalid`: the request does not fit its schema
 * - `forbidden`: this peer may not ask for that
 * - `not-authentic`: the wrapped key was changed, or belongs to another tenant, region, version, object or root key
 * - `internal`: a fault of the keys process; its log has more
 */
export const keysFaultSchema = z.enum(['invalid', 'forbidden', 'not-authentic', 'internal']);

export const keysResponseSchema = z.discriminatedUnion('ok', [
  z.strictObject({ id: z.string(), ok: z.literal(true), result: z.unknown() }),
  z.strictObject({ id: z.string(), ok: z.literal(false), fault: keysFaultSchema }),
]);
export type KeysResponse = z.infer<typeof keysResponseSchema>;

/** Parameters of an operation: the request without its id and op. */
export type KeysParameters<O extends KeysOperation> = Omit<Extract<KeysRequest, { op: O }>, 'id' | 'op'>;
