import { isIP } from 'node:net';
import { isAbsolute } from 'node:path';
import { z } from 'zod';
import { secretFault } from './secret.js';

/** Absolute path. */
export const pathSchema = z.string().refine(isAbsolute, 'must be an absolute path');

/** Absolute path of a secret that exists and that nobody but this process's user can read. */
export const secretFileSchema = pathSchema.superRefine((file, issue) => {
  const fault = secretFault(file);
  if (fault) issue.addIssue({ code: 'custom', message: fault });
});

export const portSchema = z.int().min(1).max(65535);
export const listenSchema = z.strictObject({ host: z.string().default('127.0.0.1'), port: portSchema });
export const logSchema = z.strictObject({
  level: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal']).default('info'),
});

/** What every process has. `region` ends up in the rows and objects the process writes. */
export const commonShape = {
  instance: z.string().regex(/^[a-z][a-z0-9-]*$/, 'lower case letters, digits and dashes'),
  region: z.string().min(1),
  log: logSchema.default({ level: 'info' }),
};

export const databaseLoginSchema = z.strictObject({ user: z.string().min(1), passwordFile: secretFileSchema });

/**
 * `user` is the application's role (row level security applies), `platform` the role for tables without a tenant.
 * `poolSize` is connections per role and process: keep the sum over all processes below PostgreSQL's max_connections.
 */
export const databaseSchema = databaseLoginSchema.extend({
  host: z.string().min(1),
  port: portSchema,
  name: z.string().min(1),
  poolSize: z.int().min(1).max(200).default(10),
  platform: databaseLoginSchema,
});
export type DatabaseConfig = z.infer<typeof databaseSchema>;

export const redisSchema = z.strictObject({
  host: z.string().min(1),
  port: portSchema,
  username: z.string().min(1).optional(),
  passwordFile: secretFileSchema.optional(),
});
export type RedisConfig = z.infer<typeof redisSchema>;

export const storeSchema = z.strictObject({
  endpoint: z.url(),
  region: z.string().min(1),
  bucket: z.string().min(3),
  accessKeyFile: secretFileSchema,
  secretKeyFile: secretFileSchema,
});
export type StoreConfig = z.infer<typeof storeSchema>;

export const keysClientSchema = z.strictObject({ socket: pathSchema });
export type KeysClientConfig = z.infer<typeof keysClientSchema>;

export const keycloakSchema = z.strictObject({
  publicUrl: z.url(),
  internalUrl: z.url(),
  clientId: z.string().min(1),
  /** One key from which the client secret of each tenant's realm is derived: no list of secrets to keep. */
  clientSecretKeyFile: secretFileSchema,
});
export type KeycloakConfig = z.infer<typeof keycloakSchema>;

const socketUrl = z.string().regex(/^wss?:\/\/[^/]+/, 'must be a ws:// or wss:// address');
export const controlPeerSchema = z.strictObject({ control: socketUrl, tokenFile: secretFileSchema });

const networkSchema = z.string().refine((text) => {
  const [address = '', length = ''] = text.split('/');
  const version = isIP(address);
  return version !== 0 && /^\d{1,3}$/.test(length) && Number(length) <= (version === 4 ? 32 : 128);
}, 'must be a network like 10.1.0.0/16 or 2001:db8::/32');

/** Networks by the region that their people are in; a person of none of them is in no region. */
export const regionsSchema = z.record(z.string().min(1).max(64), z.array(networkSchema));
export type RegionsConfig = z.infer<typeof regionsSchema>;

export const turnSchema = z.strictObject({
  urls: z.array(z.string().regex(/^(turns?|stun):/, 'must be a turn:, turns: or stun: address')).min(1),
  secretFile: secretFileSchema,
  ttlSeconds: z.int().min(60).max(86_400).default(3600),
});
export type TurnConfig = z.infer<typeof turnSchema>;
