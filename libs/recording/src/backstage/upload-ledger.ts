import type { LyceumError } from '@lyceum/platform/errors';

interface OpenSegment {
  readonly numbers: Set<number>;
  readonly settled: PromiseWithResolvers<void>;
}

/** Which pieces of which segment are not stored yet, and whom to tell when all of them are. */
export class UploadLedger {
  private readonly open = new Map<string, OpenSegment>();
  /** Segments that nothing can store, until the next process tries again. */
  private readonly refused = new Map<string, LyceumError>();

  /** @returns false when the piece is known already, or its segment was given up */
  add(segmentId: string, number: number): boolean {
    if (this.refused.has(segmentId)) return false;
    const segment = this.open.get(segmentId) ?? this.begin(segmentId);
    if (segment.numbers.has(number)) return false;
    segment.numbers.add(number);
    return true;
  }

  stored(segmentId: string, number: number): void {
    const segment = this.open.get(segmentId);
    if (!segment?.numbers.delete(number) || segment.numbers.size > 0) return;
    this.open.delete(segmentId);
    segment.settled.resolve();
  }

  /** @returns false when it was given up before */
  giveUp(segmentId: string, why: LyceumError): boolean {
    if (this.refused.has(segmentId)) return false;
    this.refused.set(segmentId, why);
    this.open.get(segmentId)?.settled.reject(why);
    this.open.delete(segmentId);
    return true;
  }

  /** Resolves when no piece of the segment is open. @throws LyceumError why it was given up */
  async settled(segmentId: string): Promise<void> {
    const why = this.refused.get(segmentId);
    if (why) throw why;
    await this.open.get(segmentId)?.settled.promise;
  }

  private begin(segmentId: string): OpenSegment {
    const segment = { numbers: new Set<number>(), settled: Promise.withResolvers<void>() };
    // Nobody may be waiting when it is given up.
    segment.settled.promise.catch(() => undefined);
    this.open.set(segmentId, segment);
    return segment;
  }
}
