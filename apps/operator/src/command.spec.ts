import type { OperatorConfig } from '@lyceum/platform/config';
import { processLogger } from '@lyceum/platform/telemetry';
import { describe, expect, it } from 'vitest';
import { runCommand, type CommandDefinition, type Surroundings } from './command.js';

const surroundings: Surroundings = { config: {} as OperatorConfig, log: processLogger() };

function recording(name: string): { command: CommandDefinition; given: (string | undefined)[] } {
  const given: (string | undefined)[] = [];
  const command: CommandDefinition = {
    name,
    usage: `${name} --slug SLUG`,
    options: ['slug'],
    run: async (options) => {
      given.push(options.find('slug'));
      if (options.find('slug') === 'needed') options.need('other');
      return 7;
    },
  };
  return { command, given };
}

describe('OP-01 the operator’s commands', () => {
  it('finds a command of two words and gives its status', async () => {
    const [tenant, audit] = [recording('tenant create'), recording('audit verify')];
    const commands = [tenant.command, audit.command];
    expect(await runCommand(commands, ['tenant', 'create', '--slug', 'x'], surroundings)).toBe(7);
    expect(tenant.given).toEqual(['x']);
    expect(audit.given).toEqual([]);
  });

  it.each([[[]], [['tenant']], [['tenant', 'creates']]])('answers %j with the usage', async (words) => {
    const { command } = recording('tenant create');
    await expect(runCommand([command], words, surroundings)).rejects.toThrow('usage:\n  tenant create --slug SLUG');
  });

  it('refuses what the command does not know, and says what is missing', async () => {
    const { command } = recording('tenant create');
    const run = (...words: string[]) => runCommand([command], ['tenant', 'create', ...words], surroundings);
    await expect(run('--colour', 'red')).rejects.toThrow(/--colour[\s\S]*usage: tenant create/);
    await expect(run('stray')).rejects.toThrow(/stray/);
    await expect(run('--slug', 'needed')).rejects.toThrow('--other is missing');
  });
});
