import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Database } from './database.js';
import { TenantDirectory, type ListedTenant } from './tenant-directory.js';

const tenant = (slug: string): ListedTenant => ({
  id: `id of ${slug}`,
  slug,
  name: slug,
  realm: slug,
  region: 'local',
  accent: null,
  open: true,
});

describe('TenantDirectory', () => {
  let stored: ListedTenant[];
  let queries: number;
  let directory: TenantDirectory;

  beforeEach(() => {
    vi.useFakeTimers();
    stored = [tenant('northfield')];
    queries = 0;
    const platform = () => Promise.resolve([...stored]).finally(() => (queries += 1));
    directory = new TenantDirectory({ platform } as unknown as Database);
  });
  afterEach(() => vi.useRealTimers());

  it('OP-01 answers from memory', async () => {
    expect(await directory.bySlug('northfield')).toMatchObject({ id: 'id of northfield' });
    vi.advanceTimersByTime(4_000);
    expect(await directory.byId('id of northfield')).toMatchObject({ slug: 'northfield' });
    expect(queries).toBe(1);
  });

  it('OP-01 finds a new institution for the first who asks for it', async () => {
    await directory.list();
    stored.push(tenant('southgate'));
    vi.advanceTimersByTime(1_100);
    expect(await directory.bySlug('southgate')).toMatchObject({ slug: 'southgate' });
  });

  it('OP-01 asks for one that is not there once a second at most', async () => {
    for (let n = 0; n < 25; n++) {
      expect(await directory.bySlug('nowhere')).toBeNull();
      vi.advanceTimersByTime(100);
    }
    expect(queries).toBe(3);
  });

  it('OP-01 forgets one that was closed', async () => {
    await directory.list();
    stored = [];
    vi.advanceTimersByTime(5_100);
    expect(await directory.bySlug('northfield')).toBeNull();
  });
});
