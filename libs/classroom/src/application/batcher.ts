/** One piece of work that waits for the next batch of its key. */
interface Waiting<I, O> {
  readonly item: I;
  readonly resolve: (outcome: O) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Group commit: while one batch of a key is being worked on, whatever arrives for the same key waits and becomes the
 * next batch. A lone item is never delayed; under load the cost of a commit is shared by everyone who waited for it.
 *
 * `work` gets at most `limit` items in order of arrival and answers with one outcome per item, in the same order. When
 * it throws, every item of that batch is rejected with the error; later batches still run.
 */
export class Batcher<I, O> {
  private readonly queues = new Map<string, Waiting<I, O>[]>();
  private readonly running = new Map<string, Promise<void>>();

  constructor(
    private readonly work: (key: string, items: readonly I[]) => Promise<readonly O[]>,
    private readonly limit = 64,
  ) {}

  /** Resolves with the outcome of `item` once its batch is through. */
  submit(key: string, item: I): Promise<O> {
    return new Promise<O>((resolve, reject) => {
      const queue = this.queues.get(key) ?? [];
      queue.push({ item, resolve, reject });
      this.queues.set(key, queue);
      if (!this.running.has(key)) this.running.set(key, this.drain(key));
    });
  }

  /** Resolves when nothing waits or runs any more. */
  async idle(): Promise<void> {
    while (this.running.size > 0) await Promise.all(this.running.values());
  }

  private async drain(key: string): Promise<void> {
    for (;;) {
      const batch = this.queues.get(key)?.splice(0, this.limit) ?? [];
      if (batch.length === 0) break;
      await this.settle(key, batch);
    }
    this.queues.delete(key);
    this.running.delete(key);
  }

  private async settle(key: string, batch: readonly Waiting<I, O>[]): Promise<void> {
    try {
      const outcomes = await this.work(
        key,
        batch.map((waiting) => waiting.item),
      );
      batch.forEach((waiting, index) => {
        const outcome = outcomes[index];
        if (outcome === undefined) waiting.reject(new Error('the batch gave no outcome for this item'));
        else waiting.resolve(outcome);
      });
    } catch (error) {
      for (const waiting of batch) waiting.reject(error);
    }
  }
}
