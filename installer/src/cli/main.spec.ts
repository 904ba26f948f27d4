import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { commands } from './commands.ts';
import { main } from './main.ts';

describe('the command line', () => {
  let out = '';
  let err = '';
  const catching =
    (take: (text: string) => void) =>
    (text: unknown): boolean => {
      take(String(text));
      return true;
    };
  beforeEach(() => {
    out = err = '';
    vi.spyOn(process.stdout, 'write').mockImplementation(catching((text) => (out += text)));
    vi.spyOn(process.stderr, 'write').mockImplementation(catching((text) => (err += text)));
  });
  afterEach(() => vi.restoreAllMocks());

  // What a rehearsal is told goes to the robots' own program, which knows its options.
  const own = Object.keys(commands).filter((name) => name !== 'rehearse');

  it.each(own)('OP-01 %s refuses an option it does not know, with its usage and status 2', async (name) => {
    expect(await main([name, '--no-such-option'])).toBe(2);
    expect(err).toContain("Unknown option '--no-such-option'");
    expect(err).toContain(`Type: ./lyceum ${commands[name]?.usage}`);
  });

  it.each(Object.keys(commands))('OP-01 %s --help says how it is typed and does nothing', async (name) => {
    expect(await main([name, '--help'])).toBe(0);
    expect(out).toContain(`./lyceum ${commands[name]?.usage}`);
    expect(err).toBe('');
  });

  it.each([[[]], [['--help']], [['-h']], [['help']]])('OP-01 %j lists every command', async (words) => {
    expect(await main(words)).toBe(0);
    for (const { usage } of Object.values(commands)) expect(out).toContain(usage);
  });

  it.each([
    [['upp'], 'there is no command "upp"'],
    [['constructor'], 'there is no command "constructor"'],
    [['help', 'upp'], 'there is no command "upp"'],
    [['tenant', 'create', 'riverside', 'Riverside', 'College'], 'goes in quotes: "Riverside College"'],
    [['tenant', 'delete', 'riverside'], 'tenant knows one action'],
    [['audit'], 'audit knows one action'],
    [['logs', 'redis', '--lines', 'many'], '--lines many is not a number'],
    [['test', '--only', 'some'], 'there is no part called some'],
    [['rehearse'], 'which rehearsal?'],
  ])('OP-01 %j is not understood', async (words, why) => {
    expect(await main(words)).toBe(2);
    expect(err).toContain(why);
    expect(err).toContain('Type: ./lyceum ');
  });
});
