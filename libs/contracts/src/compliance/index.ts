import { z } from 'zod';

/** `allowed` and `denied` tell of a decision, `done` of something that happened. */
export const auditOutcomes = ['allowed', 'denied', 'done'] as const;
export const auditOutcomeSchema = z.enum(auditOutcomes).meta({ id: 'AuditOutcome' });
export type AuditOutcome = z.infer<typeof auditOutcomeSchema>;

/** One entry of the institution's audit trail. Ids only, beside the actor's name as the directory knows it today. */
export const auditEntrySchema = z
  .object({
    id: z.string(),
    at: z.iso.datetime(),
    actor: z.object({
      kind: z.enum(['person', 'participant', 'system', 'anonymous']),
      id: z.string().nullable(),
      /** Null for the system, for strangers, and for people who were erased. */
      name: z.string().nullable(),
    }),
    /** `recording.viewed` */
    action: z.string(),
    target: z.object({ kind: z.string(), id: z.string() }).nullable(),
    outcome: auditOutcomeSchema,
    detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
    requestId: z.string().nullable(),
    /** True once the entry is part of the hash chain, normally within a second. */
    linked: z.boolean(),
  })
  .meta({ id: 'AuditEntry' });
export type AuditEntry = z.infer<typeof auditEntrySchema>;

/** `GET /t/{slug}/api/v1/audit`, newest first. */
export const auditQuerySchema = z.object({
  /** An action, or its beginning: `recording.` finds all that happened to recordings. */
  action: z.string().trim().min(1).max(100).optional(),
  outcome: auditOutcomeSchema.optional(),
  /** Part of the actor's name. */
  q: z.string().trim().min(1).max(100).optional(),
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  /** `nextCursor` of the page before. */
  cursor: z.string().max(400).optional(),
});
export type AuditQuery = z.infer<typeof auditQuerySchema>;

export const auditPageSchema = z
  .object({ items: z.array(auditEntrySchema), nextCursor: z.string().nullable() })
  .meta({ id: 'AuditPage' });
export type AuditPage = z.infer<typeof auditPageSchema>;
