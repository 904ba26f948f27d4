import type { References } from '@lyceum/contracts';
import type { Committed } from '../application/submission.js';
import type { ReferencedIds } from '../domain/references.js';

/** Texts kept for repeated welcomes; older ones are read again. */
const KEPT_TEXTS = 1_000;

/** Names and texts of one live room, so that a batch of events rarely needs a query. */
export class LiveReferences {
  private readonly names = new Map<string, string | null>();
  private readonly texts = new Map<string, string | null>();

  constructor(private readonly lookup: (ids: ReferencedIds) => Promise<References>) {}

  /** Takes over what a commit of this process carried. */
  learn(committed: Committed): void {
    for (const [id, person] of committed.people) this.names.set(id, person.name);
    for (const [id, body] of committed.texts) this.keep(id, body);
  }

  /** What of `ids` is not known yet. */
  missing(ids: ReferencedIds): ReferencedIds {
    const people = new Set([...ids.people].filter((id) => !this.names.has(id)));
    const texts = new Set([...ids.texts].filter((id) => !this.texts.has(id)));
    return { people, texts };
  }

  keepAll({ people, texts }: References): void {
    for (const [id, person] of Object.entries(people)) this.names.set(id, person?.name ?? null);
    for (const [id, body] of Object.entries(texts)) this.keep(id, body);
  }

  /** Reads what is not known yet; afterwards `pick` answers for all of `ids`. */
  async load(ids: ReferencedIds): Promise<void> {
    const missing = this.missing(ids);
    if (missing.people.size > 0 || missing.texts.size > 0) this.keepAll(await this.lookup(missing));
  }

  pick(ids: ReferencedIds): References {
    const references: References = { people: {}, texts: {} };
    for (const id of ids.people) {
      const name = this.names.get(id) ?? null;
      references.people[id] = name === null ? null : { name };
    }
    for (const id of ids.texts) references.texts[id] = this.texts.get(id) ?? null;
    return references;
  }

  /** Drops the oldest texts beyond what is kept; called between batches, never between `load` and `pick`. */
  trim(): void {
    for (const id of this.texts.keys()) {
      if (this.texts.size <= KEPT_TEXTS) return;
      this.texts.delete(id);
    }
  }

  private keep(id: string, body: string | null): void {
    this.texts.delete(id);
    this.texts.set(id, body);
  }
}
