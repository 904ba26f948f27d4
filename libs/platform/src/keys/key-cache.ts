interface Entry {
  key: Buffer;
  expiresAt: number;
}

/**
 * Opened data keys, for a short time: a replay reads hundreds of ranges under one key. Bounded in number and age, so that
 * a destroyed key is gone from every process within the age, and memory holds only what is in use.
 */
export class KeyCache {
  private readonly entries = new Map<string, Entry>();

  constructor(
    private readonly maxAgeMs: number,
    private readonly maxEntries: number,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** A copy, since the cache overwrites its own when it lets go. */
  get(name: string): Buffer | null {
    const entry = this.entries.get(name);
    if (!entry) return null;
    if (entry.expiresAt <= this.now()) {
      this.delete(name);
      return null;
    }
    return Buffer.from(entry.key);
  }

  set(name: string, key: Buffer): void {
    this.delete(name);
    this.dropOld();
    this.entries.set(name, { key: Buffer.from(key), expiresAt: this.now() + this.maxAgeMs });
  }

  delete(name: string): void {
    this.entries.get(name)?.key.fill(0);
    this.entries.delete(name);
  }

  /** Overwrites and forgets everything. */
  clear(): void {
    for (const name of [...this.entries.keys()]) this.delete(name);
  }

  /** Entries are in order of their expiry, since all live equally long. */
  private dropOld(): void {
    for (const [name, entry] of this.entries) {
      if (entry.expiresAt > this.now() && this.entries.size < this.maxEntries) return;
      this.delete(name);
    }
  }
}
