import { Writable } from 'node:stream';
import { pino, type Logger } from 'pino';
import { describe, expect, it } from 'vitest';
import { loggerOptions } from './logger.js';

function logging(): { log: Logger; lines: string[] } {
  const lines: string[] = [];
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(chunk.toString());
      done();
    },
  });
  return { log: pino(loggerOptions({ level: 'info' }, 'api', 'api-1'), sink), lines };
}

describe('SE-02 the log', () => {
  it('SE-02 says which process and instance speaks, and when', () => {
    const { log, lines } = logging();
    log.info({ room: 'r1' }, 'opened');
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ level: 'info', process: 'api', instance: 'api-1', room: 'r1' });
    expect(JSON.parse(lines[0] ?? '')).toHaveProperty('time', expect.stringMatching(/^\d{4}-.*Z$/));
  });

  it('SE-02 hides secrets and personal data that slipped in as properties', () => {
    const { log, lines } = logging();
    log.info({ password: 'p1', person: { email: 'e1', displayName: 'd1' }, a: { b: { seatToken: 's1' } } });
    log.info({ request: { headers: { cookie: 'c1', authorization: 'a1' } } });
    expect(lines.join()).not.toMatch(/p1|e1|d1|s1|c1|a1/);
    expect(lines.join()).toContain('[redacted]');
  });

  it('SE-02 tells of an error without what libraries hang on it', () => {
    const { log, lines } = logging();
    const driver = Object.assign(new Error('duplicate key'), { code: '23505', detail: 'Key (email)=(maya@x) exists' });
    const failed = new Error('insert failed', { cause: driver });
    log.error({ err: Object.assign(failed, { parameters: ['Maya Okafor'], command: { args: ['auth', 'hush'] } }) });
    const { err } = JSON.parse(lines[0] ?? '') as { err: unknown };
    expect(err).toMatchObject({ message: 'insert failed', cause: { message: 'duplicate key', code: '23505' } });
    expect(lines[0]).not.toMatch(/maya|Maya|hush/);
  });
});
