import { parseArgs } from 'node:util';
import { Misuse } from './failure.ts';
import { audienceProgram, audienceSeats } from '../commands/audience.ts';
import { capacity } from '../commands/capacity.ts';
import { down } from '../commands/down.ts';
import { logs } from '../commands/logs.ts';
import { auditVerify, tenantCreate } from '../commands/operator.ts';
import { phase } from '../commands/phase.ts';
import { render } from '../commands/render.ts';
import { rehearse } from '../commands/rehearse.ts';
import { remove } from '../commands/remove.ts';
import { reset } from '../commands/reset.ts';
import { status } from '../commands/status.ts';
import { syntheticCommand } from '../commands/synthetic.ts';
import { test } from '../commands/test.ts';
import { up } from '../commands/up.ts';

export interface Command {
  readonly usage: string;
  readonly about: string;
  /** Returns the exit status; nothing means 0. */
  readonly run: (args: string[]) => Promise<number | void>;
}

/** Lines of help about one command. */
export const describe = ({ usage, about }: Command): string => `  ./lyceum ${usage}\n      ${about}\n`;

/** Every command of `./lyceum`, in the order in which help lists them. */
export const commands: Readonly<Record<string, Command>> = {
  up: {
    usage:
      'up [--host NAME] [--port-base N] [--address IP] [--store URL [--store-region NAME] [--store-bucket NAME]] [--only NAME,…]',
    about: 'install, configure and start what is not so already',
    run: async (args) => {
      const { values } = parseArgs({
        args,
        options: {
          host: { type: 'string' },
          'port-base': { type: 'string' },
          address: { type: 'string' },
          store: { type: 'string' },
          'store-region': { type: 'string' },
          'store-bucket': { type: 'string' },
          only: { type: 'string' },
        },
      });
      await up({
        host: values.host,
        portBase: values['port-base'],
        address: values.address,
        store: values.store,
        storeRegion: values['store-region'],
        storeBucket: values['store-bucket'],
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
      if (positionals.length > 1) throw new Misuse('logs shows one component at a time');
      if (!/^\d+$/.test(values.lines)) throw new Misuse(`--lines ${values.lines} is not a number`);
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
    usage: 'tenant create SLUG NAME [--admin USER --admin-name NAME --admin-email ADDRESS | --demo]',
    about: 'create an institution',
    run: (args) => {
      const { values, positionals } = parseArgs({
        args,
        allowPositionals: true,
        options: {
          admin: { type: 'string' },
          'admin-name': { type: 'string' },
          'admin-email': { type: 'string' },
          demo: { type: 'boolean' },
        },
      });
      const [action, slug, name, ...more] = positionals;
      if (action !== 'create') throw new Misuse('tenant knows one action, create');
      if (more.length > 0) throw new Misuse(`a name of several words goes in quotes: "${[name, ...more].join(' ')}"`);
      if (values.demo && values.admin) throw new Misuse('--demo brings an administrator of its own');
      return tenantCreate({
        demo: values.demo ?? false,
        slug,
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
      const [action, slug, ...more] = parseArgs({ args, allowPositionals: true }).positionals;
      if (action !== 'verify') throw new Misuse('audit knows one action, verify');
      if (more.length > 0) throw new Misuse('audit verify looks at one institution or at all of them');
      return auditVerify(slug);
    },
  },
  audience: {
    usage: 'audience seats N --tenant SLUG | audience program',
    about: 'seats for N robots of a rehearsal, and the program that sits in them',
    run: async (args) => {
      const { values, positionals } = parseArgs({
        args,
        allowPositionals: true,
        options: { tenant: { type: 'string', default: 'northfield' } },
      });
      const [action, students = ''] = positionals;
      if (action === 'seats') return audienceSeats(values.tenant, students);
      if (action === 'program') return audienceProgram();
      throw new Misuse('audience knows two actions, seats and program');
    },
  },
  rehearse: {
    usage: 'rehearse NAME [--json]',
    about: 'let robots hold a lesson in the running appliance; docs/rehearsals.md describes them all',
    run: (args) => {
      if (args.length === 0) throw new Misuse('which rehearsal? docs/rehearsals.md describes them');
      return rehearse(args);
    },
  },
  synthetic: {
    usage: 'synthetic on [--every 15m] [--network local,tcp,tls] [--tenant SLUG] | off | status | history [--last N]',
    about: 'let robots join by themselves every few minutes, and see what came of it; docs/operator.md has all options',
    run: (args) => {
      const { values, positionals } = parseArgs({
        args,
        allowPositionals: true,
        options: {
          every: { type: 'string' },
          tenant: { type: 'string' },
          network: { type: 'string' },
          keep: { type: 'string' },
          patience: { type: 'string' },
          'max-load': { type: 'string' },
          last: { type: 'string', default: '50' },
          json: { type: 'boolean', default: false },
        },
      });
      const [action, ...more] = positionals;
      if (more.length > 0) throw new Misuse(`${more.join(' ')} is too much`);
      return syntheticCommand(action, values);
    },
  },
  capacity: {
    usage:
      'capacity TIMETABLE.csv | capacity --classes N --seats N [--cameras N] [--screens N] [--recorded] [--hours N]',
    about: 'what hardware a timetable needs, and what this machine carries; docs/operator.md describes the options',
    run: async (args) => {
      const text = (value: string) => ({ type: 'string', default: value }) as const;
      const flag = { type: 'boolean', default: false } as const;
      const { values, positionals } = parseArgs({
        args,
        allowPositionals: true,
        options: {
          classes: { type: 'string' },
          seats: { type: 'string' },
          cameras: text('1'),
          screens: text('0'),
          recorded: flag,
          hours: text('20'),
          'camera-lines': text('720'),
          'cores-per-host': text('16'),
          'memory-per-host': text('64'),
          'mbit-per-host': text('1000'),
          margin: text('30'),
          from: { type: 'string', multiple: true, default: [] },
          json: flag,
        },
      });
      const [timetable, ...more] = positionals;
      if (more.length > 0) throw new Misuse('one timetable at a time');
      if (timetable !== undefined && values.classes !== undefined)
        throw new Misuse('a timetable or --classes, not both');
      capacity({
        ...values,
        timetable,
        cameraLines: values['camera-lines'],
        coresPerHost: values['cores-per-host'],
        memoryPerHost: values['memory-per-host'],
        mbitPerHost: values['mbit-per-host'],
      });
    },
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
    usage: 'render [--check [--strict]]',
    about: 'write the Compose and Ansible renderings, or check that they have not drifted (--strict: with every tool)',
    run: (args) => {
      const flag = { type: 'boolean', default: false } as const;
      return render(parseArgs({ args, options: { check: flag, strict: flag } }).values);
    },
  },
  phase: {
    usage: 'phase NAME',
    about: 'run one phase of the installation alone (for containers)',
    run: (args) => {
      const [name, ...more] = parseArgs({ args, allowPositionals: true }).positionals;
      if (more.length > 0) throw new Misuse('one phase at a time');
      return phase(name);
    },
  },
  help: {
    usage: 'help [COMMAND]',
    about: 'this list, or one command of it; --help does the same',
    run: async (args) => {
      const { positionals } = parseArgs({ args, allowPositionals: true });
      const unknown = positionals.find((name) => !Object.hasOwn(commands, name));
      if (unknown !== undefined) throw new Misuse(`there is no command "${unknown}"`);
      const wanted = Object.entries(commands).filter(
        ([name]) => positionals.length === 0 || positionals.includes(name),
      );
      for (const [, command] of wanted) process.stdout.write(describe(command));
      if (positionals.length > 0) return;
      process.stdout.write(
        '\nLYCEUM_HOME puts a whole appliance into one directory, LYCEUM_CACHE moves what was downloaded or built.\n',
      );
    },
  },
};
