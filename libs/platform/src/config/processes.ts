import { z } from 'zod';
import {
  commonShape,
  controlPeerSchema,
  databaseLoginSchema,
  databaseSchema,
  keycloakSchema,
  keysClientSchema,
  listenSchema,
  pathSchema,
  portSchema,
  redisSchema,
  regionsSchema,
  secretFileSchema,
  storeSchema,
  turnSchema,
} from './parts.js';

/** Scheme, host and port only, as browsers send it in `Origin`. */
const originSchema = z.url().refine((value) => new URL(value).origin === value, 'must be an origin without a path');

export const apiConfig = z.strictObject({
  ...commonShape,
  origin: originSchema,
  listen: listenSchema,
  database: databaseSchema,
  redis: redisSchema,
  store: storeSchema,
  keys: keysClientSchema,
  keycloak: keycloakSchema,
  seatTokenKeyFile: secretFileSchema,
  sessionKeyFile: secretFileSchema,
  media: z.strictObject({
    nodes: z.array(controlPeerSchema.extend({ id: z.string().min(1) })).min(1),
    /** Where people are, so that a node of their region serves them. */
    regions: regionsSchema.default({}),
  }),
  turn: turnSchema,
  limits: z
    .strictObject({
      /** Requests per client address and minute before 429. A class behind one campus address shares it. */
      requestsPerMinute: z.int().min(10).default(6000),
      bodyBytes: z.int().min(1024).default(262_144),
    })
    .default({ requestsPerMinute: 6000, bodyBytes: 262_144 }),
});
export type ApiConfig = z.infer<typeof apiConfig>;

export const mediaConfig = z.strictObject({
  ...commonShape,
  listen: listenSchema,
  controlTokenFile: secretFileSchema,
  workerBin: pathSchema,
  workers: z.int().min(1).max(256),
  rtc: z.strictObject({
    /** Announced to browsers. */
    address: z.string().min(1),
    listenIp: z.string().min(1),
    /** Worker n listens on firstPort + n, UDP and TCP. */
    firstPort: portSchema,
    /**
     * Pipes to other media nodes: this host's address as they reach it, and UDP ports, one per room and node. The address that
     * browsers are told and any free port when not said.
     */
    pipes: z.strictObject({ address: z.string().min(1), minPort: portSchema, maxPort: portSchema }).optional(),
  }),
  recorder: controlPeerSchema,
});
export type MediaConfig = z.infer<typeof mediaConfig>;

export const recorderConfig = z.strictObject({
  ...commonShape,
  listen: listenSchema,
  controlTokenFile: secretFileSchema,
  workerBin: pathSchema,
  pipe: z.strictObject({ ip: z.string().min(1), minPort: portSchema, maxPort: portSchema }),
  journalDir: pathSchema,
  database: databaseSchema,
  store: storeSchema,
  keys: keysClientSchema,
});
export type RecorderConfig = z.infer<typeof recorderConfig>;

export const jobsConfig = z.strictObject({
  ...commonShape,
  listen: listenSchema,
  database: databaseSchema,
  redis: redisSchema,
  store: storeSchema,
  keys: keysClientSchema,
  /** Jobs that run at the same moment. */
  concurrency: z.int().min(1).max(64).default(4),
});
export type JobsConfig = z.infer<typeof jobsConfig>;

export const keysConfig = z.strictObject({
  ...commonShape,
  rootKeyFile: secretFileSchema,
  socketDir: pathSchema,
  peers: z.array(z.string().regex(/^[a-z][a-z0-9-]*$/)).min(1),
  /** Group that may connect to a peer's socket; a peer without one is served to our own user only. */
  peerGroups: z.record(z.string(), z.int().min(0)).default({}),
  /** Root keys before the current one, newest first; present only while a rotation re-wraps. */
  previousRootKeyFiles: z.array(secretFileSchema).default([]),
});

export const operatorConfig = z.strictObject({
  ...commonShape,
  origin: originSchema,
  database: databaseSchema.extend({ migrator: databaseLoginSchema }),
  keycloak: keycloakSchema.extend({
    admin: z.strictObject({ userFile: secretFileSchema, passwordFile: secretFileSchema }),
  }),
  keys: keysClientSchema,
  store: storeSchema,
  /** The apis' own: robots of a rehearsal get seats without a browser. */
  seatTokenKeyFile: secretFileSchema,
});
export type OperatorConfig = z.infer<typeof operatorConfig>;
