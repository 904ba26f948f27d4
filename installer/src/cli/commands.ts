import { parseArgs } from 'node:util';
import { Failure } from './failure.ts';
import { down } from '../commands/down.ts';
import { logs } from '../commands/logs.ts';
import { auditVerify, tenantCreate } from '../commands/operator.ts';
import { phase } from '../commands/phase.ts';
import { render } from '../commands/render.ts';
import { rehearse } from '../commands/rehearse.ts';
import { remove } from '../commands/remove.ts';
import { reset } from '../commands/reset.ts';
import { status } from '../commands/status.ts';
import { test } from '../commands/test.ts';
import { up } from '../commands/up.ts';

export interface Command {
  readonly usage: string;
  readonly about: string;
  /** Returns the exit status; nothing means 0. */
  readonly run: (args: string[]) => Promise<number | void>;
}

/** Every command of `./lyceum`, in the order in which help lists them. */
export const commands: Readonly<Record<string, Command>> = {
  up: {
    usage: 'up [--host NAME] [--port-base N] [--address IP] [--only NAME,…]',
    about: 'install, configure and start what is not so already',
    run: async (args) => {
      const { values } = parseArgs({
        args,
        options: {
          host: { type: 'string' },
          'port-base': { type: 'string' },
          address: { type: 'string' },
          only: { type: 'string' },
        },
      });
      await up({
        host: values.host,
        portBase: values['port-base'],
        address: values.address,
        only: values.only?.split(','),
      });
    },
  },
  down: {
    usage: 'down',
    about: 'stop everything; nothing is lost',
    run: (args) => {
      parseArgs({ args });
      return down();
    },
  },
  status: {
    usage: 'status [--json]',
    about: 'what runs, and whether it does its work',
    run: (args) => status(parseArgs({ args, options: { json: { type: 'boolean', default: false } } }).values),
  },
  logs: {
    usage: 'logs NAME [--lines N] [--follow]',
    about: "the end of a component's log",
    run: (args) => {
      const { values, positionals } = parseArgs({
        args,
        allowPositionals: true,
        options: { lines: { type: 'string', default: '40' }, follow: { type: 'boolean', default: false } },
      });
      return logs(positionals[0], values);
    },
  },
  reset: {
    usage: 'reset [--yes]',
    about: 'delete all data, keep the installation (asks first)',
    run: (args) => reset(parseArgs({ args, options: { yes: { type: 'boolean', default: false } } }).values),
  },
  remove: {
    usage: 'remove [--purge] [--yes]',
    about: 'undo up; with --purge data, secrets and packages too (asks first)',
    run: (args) =>
      remove(
        parseArgs({
          args,
          options: { purge: { type: 'boolean', default: false }, yes: { type: 'boolean', default: false } },
        }).values,
      ),
  },
  tenant: {
    usage: 'tenant create SLUG NAME [--admin USER --admin-name NAME --admin-email ADDRESS]',
    about: 'create an institution',
    run: (args) => {
      const { values, positionals } = parseArgs({
        args,
        allowPositionals: true,
        options: { admin: { type: 'string' }, 'admin-name': { type: 'string' }, 'admin-email': { type: 'string' } },
      });
      const [action, slug, name] = positionals;
      return tenantCreate({
        slug: action === 'create' ? slug : undefined,
        name,
        admin: values.admin,
        adminName: values['admin-name'],
        adminEmail: values['admin-email'],
      });
    },
  },
  audit: {
    usage: 'audit verify [TENANT]',
    about: 'check that no audit entry was changed, removed or moved',
    run: (args) => {
      const [action, slug] = parseArgs({ args, allowPositionals: true }).positionals;
      if (action === 'verify') return auditVerify(slug);
      throw new Failure('audit', 'knows one action, verify', './lyceum audit verify');
    },
  },
  rehearse: {
    usage: 'rehearse NAME [--json]',
    about: 'let robots hold a lesson in the running appliance',
    run: (args) => rehearse(args),
  },
  test: {
    usage: 'test [--only static|unit|integration|browser] [--fresh-root [--keep]]',
    about: 'run the tests against an appliance that lives as long as they do',
    run: (args) => {
      const { values } = parseArgs({
        args,
        options: {
          only: { type: 'string' },
          'fresh-root': { type: 'boolean', default: false },
          keep: { type: 'boolean', default: false },
        },
      });
      return test({ only: values.only, freshRoot: values['fresh-root'], keep: values.keep });
    },
  },
  render: {
    usage: 'render [--check]',
    about: 'write the Compose and Ansible renderings, or check that they have not drifted',
    run: (args) => render(parseArgs({ args, options: { check: { type: 'boolean', default: false } } }).values),
  },
  phase: {
    usage: 'phase NAME',
    about: 'run one phase of the installation alone (for containers)',
    run: (args) => phase(parseArgs({ args, allowPositionals: true }).positionals[0]),
  },
  help: {
    usage: 'help',
    about: 'this list',
    run: async () => {
      for (const { usage, about } of Object.values(commands)) {
        process.stdout.write(`  ./lyceum ${usage}\n      ${about}\n`);
      }
      process.stdout.write(
        '\nLYCEUM_HOME puts a whole appliance into one directory, LYCEUM_CACHE moves what was downloaded or built.\n',
      );
    },
  },
};
