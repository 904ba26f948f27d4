import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '../cli/failure.ts';
import type { Component } from '../model/component.ts';
import type { UserName } from '../model/names.ts';
import { attempt, run } from './exec.ts';
import type { Layout } from './layout.ts';

export interface Identity {
  readonly uid: number;
  readonly gid: number;
  /** Name of its group, for programs that ask for one. */
  readonly group: string;
}

/** Looks a name up in /etc/passwd: the users are local by construction. */
function lookup(name: string): { uid: number; gid: number } | undefined {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith(`${name}:`));
  const [, , uid, gid] = line?.split(':') ?? [];
  return uid !== undefined && gid !== undefined ? { uid: Number(uid), gid: Number(gid) } : undefined;
}

/** Who a part runs as: a user of its own when there is root to make one, else whoever typed the command. */
export function identityOf(layout: Layout, user: UserName): Identity {
  if (!layout.separated) {
    const gid = process.getgid?.() ?? 0;
    return { uid: process.getuid?.() ?? 0, gid, group: groupName(gid) };
  }
  const name = layout.user(user);
  const found = lookup(name);
  if (!found) throw new Failure('users', `the system user ${name} is missing`, './lyceum up');
  return { ...found, group: name };
}

function groupName(gid: number): string {
  const line = readFileSync('/etc/group', 'utf8')
    .split('\n')
    .find((entry) => entry.split(':')[2] === String(gid));
  return line?.split(':')[0] ?? String(gid);
}

/** Makes a system user with a group of its own for each kind of component. Returns how many were missing. */
export async function ensureUsers(layout: Layout, components: readonly Component[]): Promise<number> {
  if (!layout.separated) return 0;
  let changed = 0;
  for (const user of new Set(components.map((component) => component.user))) {
    const name = layout.user(user);
    if (lookup(name)) continue;
    await run('useradd', [
      '--system',
      '--user-group',
      '--no-create-home',
      '--home-dir',
      '/nonexistent',
      '--shell',
      '/usr/sbin/nologin',
      '--comment',
      `Lyceum ${user}`,
      name,
    ]);
    changed += 1;
  }
  return changed;
}

/**
 * A user's last process may be a moment from gone, or another appliance on this machine may be changing accounts: both
 * refuse now and not a second later.
 */
async function deleteUser(name: string): Promise<void> {
  for (let left = 10; ; left -= 1) {
    try {
      await run('userdel', [name]);
      return;
    } catch (error) {
      if (left === 0) throw error;
      await sleep(500);
    }
  }
}

export async function removeUsers(layout: Layout, components: readonly Component[]): Promise<number> {
  if (!layout.separated) return 0;
  let changed = 0;
  for (const user of new Set(components.map((component) => component.user))) {
    const name = layout.user(user);
    if (!lookup(name)) continue;
    await deleteUser(name);
    // userdel takes the group along when it is the user's own; a leftover of an older run goes here.
    await attempt('groupdel', [name]);
    changed += 1;
  }
  return changed;
}
