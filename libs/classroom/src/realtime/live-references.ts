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

  /** Makes the next use of someone's name read it again: it is brought up to date at each join. */
  forget(participantId: string): void {
    this.names.delete(participantId);
  }

  /** Reads what is not known yet; afterwards `pick` answers for all of `ids`. */
  async load(ids: ReferencedIds): Promise<void> {
    const people = new Set([...ids.people].filter((id) => !this.names.has(id)));
    const texts = new Set([...ids.texts].filter((id) => !this.texts.has(id)));
    if (people.size === 0 && texts.size === 0) return;
    const found = await this.lookup({ people, texts });
    for (const id of people) this.names.set(id, found.people[id]?.name ?? null);
    for (const id of texts) this.keep(id, found.texts[id] ?? null);
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
