import type { CommandDefinition } from '../command.js';
import { auditVerify } from './audit-verify.js';
import { migrateSchema } from './migrate.js';
import { rehearsalSeats } from './rehearsal-seats.js';
import { seed } from './seed.js';
import { storeCheck } from './store-check.js';
import { tenantCreate } from './tenant-create.js';

export const commands: readonly CommandDefinition[] = [
  migrateSchema,
  storeCheck,
  tenantCreate,
  seed,
  auditVerify,
  rehearsalSeats,
];
