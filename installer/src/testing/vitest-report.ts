/** What a part of the tests came to. */
export interface Tally {
  readonly name: string;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly seconds: number;
  /** Names of what failed, to be repeated at the end where they are seen. */
  readonly failures: readonly string[];
}

interface VitestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly success: boolean;
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message: string;
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
}

/**
 * Counts what vitest's json reporter wrote. A file that could not even be loaded has no tests to fail, and an error
 * outside of any test fails none: each counts as one failure, so that a run which went wrong never adds up to green.
 */
export function tally(name: string, text: string | undefined, status: number | null, seconds: number): Tally {
  if (text === undefined) {
    return {
      name,
      passed: 0,
      failed: 1,
      skipped: 0,
      seconds,
      failures: [`${name}: vitest wrote no report (status ${status})`],
    };
  }
  const report = JSON.parse(text) as VitestReport;
  const broken = report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  );
  const failures = [
    ...report.testResults.flatMap((file) =>
      file.assertionResults.filter((test) => test.status === 'failed').map((test) => test.fullName),
    ),
    ...broken.map((file) => `${file.name}: ${file.message.split('\n')[0] ?? 'could not be loaded'}`),
  ];
  let failed = report.numFailedTests + broken.length;
  if (failed === 0 && (status !== 0 || !report.success)) {
    failed = 1;
    failures.push(`${name}: ended with status ${status} although no test failed`);
  }
  const skipped = report.numPendingTests + report.numTodoTests;
  return { name, passed: report.numPassedTests, failed, skipped, seconds, failures };
}

export function sum(tallies: readonly Tally[]): { passed: number; failed: number } {
  return {
    passed: tallies.reduce((total, part) => total + part.passed, 0),
    failed: tallies.reduce((total, part) => total + part.failed, 0),
  };
}
