import { z } from 'zod';

/** The searchable copies beside an entry's bytes, as the driver gives them. */
export interface EntryColumns {
  id: string;
  tenant_id: string;
  recorded_at: Date;
  action: string;
  outcome: string;
  actor_kind: string;
  actor_id: string | null;
  target_kind: string | null;
  target_id: string | null;
}

/** The stored form, version 1. Reading is as strict as writing: bytes that are something else were not written by us. */
export const storedEntrySchema = z.strictObject({
  version: z.literal(1),
  id: z.uuid(),
  tenantId: z.uuid(),
  recordedAt: z.iso.datetime(),
  requestId: z.string(),
  actor: z.strictObject({ kind: z.string(), id: z.string().optional(), session: z.string().optional() }),
  action: z.string(),
  outcome: z.enum(['allowed', 'denied', 'done']),
  target: z.strictObject({ kind: z.string(), id: z.string() }).optional(),
  detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
});
export type StoredEntry = z.infer<typeof storedEntrySchema>;

/** @throws Error when `bytes` are no entry of a version we know. */
export const parseEntry = (bytes: Buffer): StoredEntry => storedEntrySchema.parse(JSON.parse(bytes.toString('utf8')));

/** Whether the columns say the same as the bytes they were copied from. */
export function columnsMatch(bytes: Buffer, row: EntryColumns): boolean {
  let entry: StoredEntry;
  try {
    entry = parseEntry(bytes);
  } catch {
    return false;
  }
  return (
    entry.id === row.id &&
    entry.tenantId === row.tenant_id &&
    entry.recordedAt === row.recorded_at.toISOString() &&
    entry.action === row.action &&
    entry.outcome === row.outcome &&
    entry.actor.kind === row.actor_kind &&
    (entry.actor.id ?? null) === row.actor_id &&
    (entry.target?.kind ?? null) === row.target_kind &&
    (entry.target?.id ?? null) === row.target_id
  );
}
