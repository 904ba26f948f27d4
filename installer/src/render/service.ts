import { join } from 'node:path';
import type { Layout } from '../host/layout.ts';
import { identityOf } from '../host/users.ts';
import type { Component } from '../model/component.ts';
import type { ServiceName } from '../model/names.ts';
import type { Placement } from '../model/placement.ts';
import { resolveText } from '../model/placement.ts';

/** Open files a process may have: sockets of a full house, with room. */
const openFiles = 65_536;

/** Quotes a word for the shell. */
export function quote(word: string): string {
  return /^[A-Za-z0-9_@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

export interface ServiceUser {
  /** `user:group[:joined…]` for chpst, or undefined when everything runs as one user. */
  readonly switchTo: string | undefined;
  readonly uid: number;
  readonly gid: number;
}

export function serviceUser(layout: Layout, component: Component): ServiceUser {
  const { uid, gid } = identityOf(layout, component.user);
  const name = layout.user(component.user);
  const groups = [name, ...(component.joins ?? []).map((user) => layout.user(user))];
  return { switchTo: layout.separated ? [name, ...groups].join(':') : undefined, uid, gid };
}

/** The supervisor's script for one component: a clean environment, its own user, then the program itself. */
export function runScript(
  placement: Placement,
  component: Component,
  user: ServiceUser,
  places: { run: string; runRoot: string; environmentDir: string },
): string {
  const resolve = (value: Parameters<typeof resolveText>[2]): string => quote(resolveText(placement, component, value));
  const environment = ['PATH=/usr/local/bin:/usr/bin:/bin', 'LANG=C.UTF-8', 'TZ=UTC', 'HOME=/nonexistent'].concat(
    Object.entries(component.environment).map(([name, value]) => `${name}=${resolve(value)}`),
  );
  const secrets = Object.keys(component.secretEnvironment).length > 0;
  const lines = [
    '#!/bin/sh',
    `# ${component.title}. Written by ./lyceum up from the component's description; edits are overwritten.`,
    'exec 2>&1',
    'cd /',
    'umask 077',
  ];
  if (component.run) {
    // The run directory is gone after a boot.
    lines.push(
      `mkdir -p ${quote(places.run)}`,
      `chmod 755 ${quote(places.runRoot)}`,
      `chown ${user.uid}:${user.gid} ${quote(places.run)}`,
      `chmod ${component.run.mode.toString(8)} ${quote(places.run)}`,
    );
  }
  if (component.heirs) {
    // The supervisor gives every service a session of its own, so this finds nobody else's.
    lines.push(`pkill -KILL -s 0 -x ${quote(component.heirs)}`);
  }
  const chpst = [
    'chpst',
    `-o ${openFiles}`,
    ...(secrets ? [`-e ${quote(places.environmentDir)}`] : []),
    ...(user.switchTo ? [`-u ${user.switchTo}`] : []),
  ].join(' ');
  const command = component.command.map(resolve).join(' \\\n    ');
  lines.push(`exec env -i ${environment.join(' ')} \\`, `  ${chpst} \\`, `    ${command}`);
  return `${lines.join('\n')}\n`;
}

/** Log lines go through svlogd, as the service's own user, into ten files of a megabyte. */
export function logScript(layout: Layout, name: ServiceName, user: Pick<ServiceUser, 'switchTo'>): string {
  const switchTo = user.switchTo ? `chpst -u ${user.switchTo.split(':').slice(0, 2).join(':')} ` : '';
  return `#!/bin/sh\nexec ${switchTo}svlogd -tt ${quote(layout.logDir(name))}\n`;
}

export const environmentDir = (layout: Layout, component: Component): string =>
  join(layout.secrets, component.user, 'environment');
