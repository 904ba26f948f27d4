import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Me } from '@lyceum/contracts';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { componentStatus } from '../processes.js';
import { HttpPerson } from '../robot/http-person.js';
import { applianceHome, applianceUnderTest, originalSecret } from './appliance-under-test.js';
import { filesBelow } from './files.js';

interface Outcome {
  readonly status: number;
  /** Everything it printed. */
  readonly output: string;
}

/** Runs the real command for the appliance under test; nobody sits at a terminal. */
const lyceum = (...args: string[]): Promise<Outcome> =>
  new Promise((resolve) => {
    execFile('./lyceum', args, { maxBuffer: 16 * 1024 * 1024 }, (error, stdout, stderr) =>
      resolve({ status: error ? Number(error.code ?? NaN) : 0, output: stdout + stderr }),
    );
  });

describe('OP-01 ./lyceum', { timeout: 180_000 }, () => {
  const appliance = applianceUnderTest();
  const slug = `commands-${Date.now().toString(36)}`;
  const create = () =>
    lyceum(
      ...['tenant', 'create', slug, 'College of Commands'],
      ...['--admin', 'rita', '--admin-name', 'Rita Hall', '--admin-email', `rita@${slug}.example`],
    );
  const passwordIn = ({ output }: Outcome): string | undefined => /^ {2}rita +(\S+)$/m.exec(output)?.[1];
  let created: Outcome;

  beforeAll(async () => {
    created = await create();
  });

  /** SQL as the role that may change the schema; one transaction. @returns lines of columns with `|` between. */
  async function sql(text: string): Promise<string[]> {
    const port = String(appliance.ports['postgres']?.['sql']);
    const where = ['-h', '127.0.0.1', '-p', port, '-U', 'lyceum_migrator', '-d', 'lyceum'];
    const { stdout } = await promisify(execFile)('psql', [...where, '-qXAt', '-v', 'ON_ERROR_STOP=1', '-c', text], {
      env: { ...process.env, PGPASSWORD: originalSecret('database-migrator') },
    });
    return stdout.split('\n').filter(Boolean);
  }

  /** Who rita is when she signs in. The apis know a new institution after some seconds. */
  const signIn = (password: string): Promise<Me> =>
    vi.waitFor(
      async () => {
        const rita = await HttpPerson.arrive(appliance, {
          ...{ tenant: slug, username: 'rita', name: 'Rita Hall', roles: ['admin'] },
          password,
        });
        try {
          return await rita.json<Me>('GET', 'me');
        } finally {
          await rita.leave();
        }
      },
      { timeout: 30_000, interval: 1_000 },
    );

  /** What must be as it was after a command that changes nothing. */
  async function standing() {
    const secrets = createHash('sha256');
    for (const file of filesBelow(join(applianceHome(), 'secrets/originals')).sort()) {
      secrets.update(`${file}\0`).update(readFileSync(file));
    }
    return {
      pids: (await componentStatus()).map(({ name, pid }) => `${name} ${pid}`),
      secrets: secrets.digest('hex'),
      schema: await sql('select number, name, applied_at from migration order by number'),
      institutions: await sql('select slug from tenant order by slug'),
    };
  }

  it('OP-01 tenant create --demo brings people, the same ones when said again, and never to an institution of others', async () => {
    const demo = (address: string) => lyceum('tenant', 'create', address, 'Training', '--demo');
    const training = `${slug}-training`;
    const made = await demo(training);
    expect(made).toMatchObject({ status: 0 });
    expect(made.output).toMatch(/^ {2}maya +\S+ +Maya Okafor \(student\)$/m);
    expect(applianceUnderTest().person(training, 'maya').password).not.toBe(
      appliance.person('northfield', 'maya').password,
    );
    expect((await demo(training)).output).toBe(made.output);

    const refused = await demo(slug);
    expect(refused.status).not.toBe(0);
    expect(refused.output).toContain(`"${slug}" is there already`);
    const people = `select username from person p join tenant t on t.id = p.tenant_id where t.slug = '${slug}'`;
    expect(await sql(people)).toEqual(['rita']);
  });

  it('OP-01 SE-01 tenant create prints a password once, which signs in also after it was said again', async () => {
    expect(created.status, created.output).toBe(0);
    const password = passwordIn(created);
    expect(password, created.output).toBeDefined();
    const again = await create();
    expect(again.status, again.output).toBe(0);
    expect(passwordIn(again)).toBeUndefined();
    expect(again.output).toContain('keeps the password they have');
    expect((await signIn(password ?? '')).person.username).toBe('rita');
  });

  it('SE-05 audit verify is green, and red with the name of an entry that was changed', async () => {
    // Signing in is audited.
    await signIn(passwordIn(created) ?? '');
    const firstLink = `select l.number, l.entry_id from audit_link l join tenant t on t.id = l.tenant_id
      where t.slug = '${slug}' order by l.number limit 1`;
    await expect.poll(() => sql(firstLink), { timeout: 30_000 }).toHaveLength(1);
    const [number, entryId] = (await sql(firstLink))[0]?.split('|') ?? [];
    const green = await lyceum('audit', 'verify');
    expect(green.status, green.output).toBe(0);
    expect(green.output).toMatch(new RegExp(`^intact +${slug}: [1-9]`, 'm'));

    const change = (action: string) =>
      sql(`begin; alter table audit_entry disable trigger append_only;
        update audit_entry set action = ${action} where id = '${entryId}';
        alter table audit_entry enable trigger append_only; commit`);
    await change(`action || '!'`);
    try {
      const red = await lyceum('audit', 'verify');
      expect(red.status, red.output).toBe(1);
      expect(red.output).toMatch(new RegExp(`^BROKEN +${slug}: `, 'm'));
      expect(red.output).toContain(`changed: link ${number}, entry ${entryId}`);
    } finally {
      await change('left(action, -1)');
    }
    expect((await lyceum('audit', 'verify', slug)).status).toBe(0);
  });

  it('OP-01 a second up changes nothing and is quick', { timeout: 400_000 }, async () => {
    const before = await standing();
    const startedAt = Date.now();
    const { status, output } = await lyceum('up');
    // Five times the minute that it may take on a machine of its own.
    expect(Date.now() - startedAt).toBeLessThan(300_000);
    expect(status, output).toBe(0);
    expect(output).toMatch(/^0 changed, /m);
    expect(await standing()).toEqual(before);
  });

  it.each(['reset', 'remove --purge'])('OP-01 %s does nothing where nobody is there to be asked', async (command) => {
    const before = await standing();
    const { status, output } = await lyceum(...command.split(' '));
    expect(status, output).toBe(1);
    expect(output).toContain(`Type: ./lyceum ${command} --yes`);
    expect(await standing()).toEqual(before);
    expect(before.institutions).toContain(slug);
  });
});
