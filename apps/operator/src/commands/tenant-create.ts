import { accentSchema } from '@lyceum/contracts';
import { TenantProvisioning } from '@lyceum/identity';
import type { CommandDefinition, Options } from '../command.js';
import { readNewPerson } from '../demo/people-file.js';
import { withOperator } from '../operator.module.js';
import { printResult } from '../output.js';
import { readTenantSlug } from './tenant-slug.js';

/**
 * Makes an institution, with an administrator when `--admin` and a file with its first password are given (a password on
 * the command line could be read by everyone on the machine). Prints `{"slug","id","changed","adminCreated"}`; an
 * administrator who was there already keeps their password, and `adminCreated` is false.
 */
export const tenantCreate: CommandDefinition = {
  name: 'tenant create',
  usage:
    'tenant create --slug SLUG --name NAME [--accent #RRGGBB] [--region REGION]\n' +
    '                [--admin USERNAME --admin-name NAME --admin-email ADDRESS --admin-password-file FILE]',
  options: ['slug', 'name', 'accent', 'region', 'admin', 'admin-name', 'admin-email', 'admin-password-file'],
  async run(options, { config }) {
    const accent = accentSchema.safeParse(options.find('accent') ?? null);
    if (!accent.success) throw new Error('--accent must be a colour like #1f6f5c');
    const input = {
      slug: readTenantSlug(options.need('slug')),
      name: options.need('name'),
      region: options.find('region') ?? config.region,
      accent: accent.data,
      people: administrators(options),
    };
    const made = await withOperator(config, (app) => app.get(TenantProvisioning).create(input));
    const adminCreated = made.newPeople.size > 0;
    printResult({ slug: made.tenant.slug, id: made.tenant.id, changed: made.changed, adminCreated });
    return 0;
  },
};

function administrators(options: Options) {
  const username = options.find('admin');
  if (username === undefined) return [];
  return [
    readNewPerson({
      username,
      name: options.need('admin-name'),
      email: options.need('admin-email'),
      roles: ['admin'],
      passwordFile: options.need('admin-password-file'),
    }),
  ];
}
