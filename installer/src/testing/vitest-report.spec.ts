import { describe, expect, it } from 'vitest';
import { sum, tally } from './vitest-report.ts';

const file = (status: string, tests: { status: string; fullName: string }[], message = '') => ({
  name: '/x.spec.ts',
  status,
  message,
  assertionResults: tests,
});
const report = (parts: object): string =>
  JSON.stringify({
    numPassedTests: 0,
    numFailedTests: 0,
    numPendingTests: 0,
    numTodoTests: 0,
    success: true,
    testResults: [],
    ...parts,
  });

describe('OP-01 counting tests', () => {
  it('OP-01 counts what passed and names what failed', () => {
    const text = report({
      numPassedTests: 3,
      numFailedTests: 1,
      success: false,
      testResults: [
        file('failed', [
          { status: 'passed', fullName: 'a' },
          { status: 'failed', fullName: 'b' },
        ]),
      ],
    });
    expect(tally('unit', text, 1, 2)).toMatchObject({ passed: 3, failed: 1, failures: ['b'] });
  });

  it('OP-01 counts a file that could not be loaded', () => {
    const text = report({ numPassedTests: 3, success: false, testResults: [file('failed', [], 'Cannot find module')] });
    expect(tally('unit', text, 1, 2)).toMatchObject({
      passed: 3,
      failed: 1,
      failures: ['/x.spec.ts: Cannot find module'],
    });
  });

  it('OP-01 never calls a run green that ended badly', () => {
    expect(tally('unit', report({ numPassedTests: 3 }), 1, 2).failed).toBe(1);
    expect(tally('unit', undefined, null, 2).failed).toBe(1);
  });

  it('OP-01 adds the parts up', () => {
    const parts = [tally('a', report({ numPassedTests: 3 }), 0, 1), tally('b', undefined, 1, 1)];
    expect(sum(parts)).toEqual({ passed: 3, failed: 1 });
  });
});
