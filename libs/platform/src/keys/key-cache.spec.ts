import { describe, expect, it } from 'vitest';
import { KeyCache } from './key-cache.js';

describe('SE-02 cache of opened keys', () => {
  const key = () => Buffer.alloc(32, 7);

  it('SE-02 gives copies, for as long as it may and no longer', () => {
    let now = 0;
    const cache = new KeyCache(1000, 10, () => now);
    cache.set('a', key());
    cache.get('a')?.fill(0);
    expect(cache.get('a')).toEqual(key());
    now = 999;
    expect(cache.get('a')).toEqual(key());
    now = 1000;
    expect(cache.get('a')).toBeNull();
  });

  it('SE-02 holds no more than it is told, and forgets the oldest first', () => {
    const cache = new KeyCache(1000, 2, () => 0);
    for (const name of ['a', 'b', 'c']) cache.set(name, key());
    expect(['a', 'b', 'c'].map((name) => cache.get(name) !== null)).toEqual([false, true, true]);
  });

  it('SE-02 forgets what is destroyed, and everything at the end', () => {
    const cache = new KeyCache(1000, 10, () => 0);
    for (const name of ['a', 'b', 'c']) cache.set(name, key());
    cache.delete('a');
    expect([cache.get('a'), cache.get('b')]).toEqual([null, key()]);
    cache.clear();
    expect([cache.get('b'), cache.get('c')]).toEqual([null, null]);
  });

  it('SE-02 leaves the caller its key when an entry is overwritten', () => {
    const cache = new KeyCache(1000, 10, () => 0);
    const mine = key();
    cache.set('a', mine);
    cache.set('a', Buffer.alloc(32, 8));
    expect(mine).toEqual(key());
    expect(cache.get('a')).toEqual(Buffer.alloc(32, 8));
  });
});
