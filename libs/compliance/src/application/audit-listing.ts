import type { AuditEntry, AuditPage, AuditQuery } from '@lyceum/contracts';
import { AuditReader, type AuditRecord } from '@lyceum/platform/audit';
import type { RequestContext } from '@lyceum/platform/context';
import { Database } from '@lyceum/platform/database';
import { People } from '@lyceum/tenancy';
import { Injectable } from '@nestjs/common';
import { readCursor, writeCursor } from './cursor.js';

/** As many people as a part of a name may stand for; a wider search is not one for a person. */
const namesakes = 200;

/** The audit trail as those who run the institution read it. */
@Injectable()
export class AuditListing {
  constructor(
    private readonly reader: AuditReader,
    private readonly people: People,
    private readonly database: Database,
  ) {}

  /** A page, newest first, with today's names of the actors. */
  async page(ctx: RequestContext, query: AuditQuery): Promise<AuditPage> {
    return this.database.transaction(ctx, 'read', async (tx) => {
      const records = await this.reader.page(tx, {
        before: query.cursor === undefined ? undefined : readCursor(query.cursor),
        action: query.action,
        outcome: query.outcome,
        actorIds: query.q === undefined ? undefined : await this.idsByName(tx, query.q),
        from: query.from,
        to: query.to,
        // One more than asked for tells whether there is a next page.
        limit: query.limit + 1,
      });
      const shown = records.slice(0, query.limit);
      const last = shown.at(-1);
      const names = await this.namesOf(tx, shown);
      return {
        items: shown.map((record) => toItem(record, names)),
        nextCursor: last && records.length > query.limit ? writeCursor(last.entry) : null,
      };
    });
  }

  private async idsByName(ctx: RequestContext, q: string): Promise<string[]> {
    const { items } = await this.people.directory(ctx, { q, limit: namesakes });
    return items.map((person) => person.id);
  }

  private async namesOf(ctx: RequestContext, records: readonly AuditRecord[]): Promise<ReadonlyMap<string, string>> {
    const ids = records.flatMap(({ entry: { actor } }) => (isPerson(actor) ? [actor.id] : []));
    const people = await this.people.names(ctx, ids);
    return new Map([...people.values()].map(({ id, displayName }) => [id, displayName]));
  }
}

const actorKinds = ['person', 'participant', 'system', 'anonymous'] as const;

function isPerson(actor: { kind: string; id?: string | undefined }): actor is { kind: string; id: string } {
  return (actor.kind === 'person' || actor.kind === 'participant') && actor.id !== undefined;
}

function toItem({ entry, number }: AuditRecord, names: ReadonlyMap<string, string>): AuditEntry {
  const { actor } = entry;
  return {
    id: entry.id,
    at: entry.recordedAt,
    actor: {
      kind: actorKinds.find((kind) => kind === actor.kind) ?? 'anonymous',
      id: actor.id ?? null,
      name: (isPerson(actor) && names.get(actor.id)) || null,
    },
    action: entry.action,
    target: entry.target ?? null,
    outcome: entry.outcome,
    detail: entry.detail ?? {},
    requestId: entry.requestId,
    linked: number !== null,
  };
}
