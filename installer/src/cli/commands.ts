import { parseArgs } from 'node:util';
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
};
