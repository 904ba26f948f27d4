import { describe, expect, it } from 'vitest';
import { Layout } from '../host/layout.ts';
import { runToEnd } from './run-to-end.ts';
import { syntheticScript } from './service.ts';
import { judge } from './visit.ts';

const ending = { by: 'itself', status: 0, stdout: '', stderr: '' } as const;
const report = { name: 'join', ok: true, failed: [], metrics: { join_warm_ms_p50: 210 }, machine: {} };

describe('OP-10 what a visit came to', () => {
  it('OP-10 is the report on the last line', () => {
    const stdout = `a word before\n${JSON.stringify(report)}\n`;
    expect(judge({ ...ending, stdout })).toEqual({ outcome: 'ok', why: [], metrics: { join_warm_ms_p50: 210 } });
    const failed = ['join_warm: 1 of 2 saw nobody'];
    expect(judge({ ...ending, status: 1, stdout: JSON.stringify({ ...report, ok: false, failed }) })).toMatchObject({
      outcome: 'failed',
      why: failed,
    });
  });

  it('OP-10 is what the program said when there is no report', () => {
    const stderr =
      'file:///x.js:3\n    throw new Error();\n\nError: browserType.launch: no chromium\n    at x\n\nNode.js v24\n';
    expect(judge({ ...ending, status: 1, stderr })).toEqual({
      outcome: 'failed',
      why: ['ended with status 1: Error: browserType.launch: no chromium'],
      metrics: {},
    });
    expect(judge({ ...ending, status: 2, stderr: 'There is no rehearsal.\n\n' }).why).toEqual([
      'ended with status 2: There is no rehearsal.',
    ]);
    expect(judge({ ...ending, by: 'limit', status: null }).why).toEqual(['gave no report within 10 minutes']);
    expect(judge({ ...ending, status: 0, stdout: 'null' }).outcome).toBe('failed');
  });
});

describe('OP-10 a program that is waited for', () => {
  const options = (parts: { limitMs?: number; stop?: AbortSignal }) => ({
    cwd: '/',
    env: process.env,
    limitMs: 30_000,
    stop: new AbortController().signal,
    ...parts,
  });
  const forever = [
    '-e',
    `process.on('SIGTERM', () => { console.log('bye'); process.exit(3); }); console.log('here'); setInterval(() => 0, 1000)`,
  ];

  it('OP-10 is heard to its end', async () => {
    const words = ['-e', `console.log('out'); console.error('err'); process.exitCode = 4`];
    const done = await runToEnd(process.execPath, words, options({}));
    expect(done).toEqual({ by: 'itself', status: 4, stdout: 'out\n', stderr: 'err\n' });
  });

  it('OP-10 is asked to end when it takes too long, and may finish', async () => {
    const done = await runToEnd(process.execPath, forever, options({ limitMs: 3000 }));
    expect(done).toMatchObject({ by: 'limit', status: 3, stdout: 'here\nbye\n' });
  });

  it('OP-10 is sent home when the service stops', async () => {
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 500);
    expect((await runToEnd(process.execPath, forever, options({ stop: stop.signal }))).by).toBe('stop');
  });

  it('OP-10 does not even begin well when it was stopped before', async () => {
    expect((await runToEnd(process.execPath, forever, options({ stop: AbortSignal.abort() }))).by).toBe('stop');
  });

  it('OP-10 that is not there is an error', async () => {
    await expect(runToEnd('/no/such/program', [], options({}))).rejects.toThrow('ENOENT');
  });
});

describe('OP-10 the service', () => {
  const script = (home: string | undefined): string =>
    syntheticScript(new Layout({ checkout: '/my code', cache: '/cache', home, separated: true }), 'release-1');

  it('OP-10 finds the same appliance in a clean environment, and writes nothing into anybody’s home', () => {
    const text = script('/srv/ly');
    expect(text).toContain('exec env -i ');
    expect(text).toContain('LYCEUM_HOME=/srv/ly');
    expect(text).toContain('LYCEUM_CACHE=/cache');
    expect(text).toContain(' HOME=/srv/ly/state/synthetic/home');
    expect(text).toContain("'/my code/lyceum' synthetic run");
    expect(script(undefined)).not.toContain('LYCEUM_HOME');
  });

  it('OP-10 starts anew with a new release', () => {
    expect(script('/srv/ly')).toContain('release-1');
  });
});
