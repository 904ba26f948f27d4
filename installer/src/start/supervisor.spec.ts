import { describe, expect, it } from 'vitest';
import { componentNamed } from '../components/index.ts';
import { quote, runScript } from '../render/service.ts';
import { parseStatus } from './supervisor.ts';

describe('OP-01 the supervisor', () => {
  it.each([
    ['run: /srv/redis: (pid 4711) 12s; run: log: (pid 4710) 12s', { running: true, pid: 4711, seconds: 12 }],
    ['run: /srv/redis: (pid 4711) 12s, normally down; run: log: (pid 1) 1s', { running: true, pid: 4711, seconds: 12 }],
    ['down: /srv/redis: 3s, normally up; run: log: (pid 4710) 12s', { running: false, pid: undefined, seconds: 3 }],
    ['finish: /srv/redis: (pid 99) 1s; run: log: (pid 4710) 12s', { running: false, pid: undefined, seconds: 1 }],
    [
      'fail: /srv/redis: unable to open supervise/ok: file does not exist',
      { running: false, pid: undefined, seconds: 0 },
    ],
  ])('OP-01 reads %s', (text, state) => {
    expect(parseStatus(text)).toEqual(state);
  });

  it('OP-01 starts each process in a clean environment, as its own user, with secrets from files', () => {
    const placement = { value: () => '/a place' };
    const user = { switchTo: 'ly-store:ly-store', uid: 990, gid: 990 };
    const places = { run: '/run/x/store', runRoot: '/run/x', environmentDir: '/secrets/store/environment' };
    const script = runScript(placement, componentNamed('store'), user, places);
    expect(script).toContain('exec env -i ');
    expect(script).toContain('chpst -o 65536 -e /secrets/store/environment -u ly-store:ly-store');
    expect(script).toContain("'/a place'");
    expect(script).not.toContain('ROOT_SECRET_KEY');
    expect(script).not.toContain('pkill');
  });

  it('OP-01 quotes what a shell would take apart', () => {
    expect(quote('/usr/bin/java')).toBe('/usr/bin/java');
    expect(quote("it's $HOME")).toBe(`'it'\\''s $HOME'`);
  });
});
