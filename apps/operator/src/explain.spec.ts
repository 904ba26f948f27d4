import { describe, expect, it } from 'vitest';
import { explain } from './explain.js';

describe('OP-01 what the operator is told', () => {
  it('names the causes behind an error, each once', () => {
    const refused = new Error('connect ECONNREFUSED 127.0.0.1:8453');
    expect(explain(new TypeError('fetch failed', { cause: refused }))).toBe(
      'fetch failed: connect ECONNREFUSED 127.0.0.1:8453',
    );
    const failed = new Error('migration 0001 failed: no such role', { cause: new Error('no such role') });
    expect(explain(failed)).toBe('migration 0001 failed: no such role');
  });

  it('looks into an error of several addresses', () => {
    expect(explain(new AggregateError([new Error('connect ECONNREFUSED ::1:5432')], 'all failed'))).toBe(
      'all failed: connect ECONNREFUSED ::1:5432',
    );
  });
});
