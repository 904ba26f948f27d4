import { describe, expect, it } from 'vitest';
import { Batcher } from './batcher.js';

const tick = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('AV-01 commits are grouped per room', () => {
  it('works on a lone item at once and puts those that wait into one batch, in order', async () => {
    const batches: number[][] = [];
    const gates: (() => void)[] = [];
    const batcher = new Batcher<number, number>(async (_key, items) => {
      batches.push([...items]);
      await new Promise<void>((resolve) => gates.push(resolve));
      return items.map((item) => item * 10);
    });
    const results = [1, 2, 3].map((item) => batcher.submit('a', item));
    await tick();
    gates.shift()?.();
    await tick();
    gates.shift()?.();
    expect(await Promise.all(results)).toEqual([10, 20, 30]);
    expect(batches).toEqual([[1], [2, 3]]);
  });

  it('lets another room pass while one waits', async () => {
    const batcher = new Batcher<string, string>(async (key, items) => {
      if (key === 'slow') await new Promise((resolve) => setTimeout(resolve, 30));
      return items.map((item) => key + item);
    });
    const order: string[] = [];
    await Promise.all([
      batcher.submit('slow', '1').then((done) => order.push(done)),
      batcher.submit('fast', '1').then((done) => order.push(done)),
    ]);
    expect(order).toEqual(['fast1', 'slow1']);
  });

  it('rejects only the batch that failed', async () => {
    let first = true;
    const batcher = new Batcher<number, number>(async (_key, items) => {
      await tick();
      if (first) {
        first = false;
        throw new Error('database is away');
      }
      return items;
    });
    const failing = batcher.submit('a', 1);
    const later = batcher.submit('a', 2);
    await expect(failing).rejects.toThrow('database is away');
    await expect(later).resolves.toBe(2);
    await batcher.idle();
  });

  it('never exceeds its limit', async () => {
    const sizes: number[] = [];
    const batcher = new Batcher<number, number>(async (_key, items) => {
      sizes.push(items.length);
      await tick();
      return items;
    }, 4);
    await Promise.all(Array.from({ length: 10 }, (_unused, item) => batcher.submit('a', item)));
    expect(sizes).toEqual([1, 4, 4, 1]);
  });
});
