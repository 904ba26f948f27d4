import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { networkInterfaces } from 'node:os';
import { componentNamed } from '../components/index.ts';
import type { Layout } from '../host/layout.ts';
import { identityOf } from '../host/users.ts';
import type { Component } from '../model/component.ts';
import type { ComponentName, ProgramName } from '../model/names.ts';
import type { Placement } from '../model/placement.ts';
import type { Ref } from '../model/refs.ts';
import type { Spread } from '../model/spread.ts';
import { isLocal, origin, workerCount } from '../model/settings.ts';
import type { Settings } from '../model/settings.ts';

/** Folder names under the programs directory, by program. */
export type ProgramKeys = Readonly<Record<ProgramName, string>>;

/** First or last number of a component's port. */
export function portNumber(portBase: number, of: ComponentName, name: string, last = false): number {
  const port = componentNamed(of).ports[name];
  if (!port) throw new Error(`${of} has no port called ${name}`);
  return portBase + port.offset + (last ? (port.count ?? 1) - 1 : 0);
}

/**
 * Parts as processes of this machine, each under its own user: all of them, talking over the loopback address, or
 * those of one host or container of an appliance that is spread over several.
 */
export class NativePlacement implements Placement {
  readonly #layout: Layout;
  readonly #settings: Settings;
  readonly #programs: ProgramKeys;
  readonly #spread: Spread | undefined;

  constructor(layout: Layout, settings: Settings, programs: ProgramKeys, spread?: Spread) {
    this.#spread = spread;
    this.#layout = layout;
    this.#settings = settings;
    this.#programs = programs;
  }

  value(of: Component, ref: Ref): string | number {
    const layout = this.#layout;
    switch (ref.ref) {
      case 'host':
        return this.#host(ref.of);
      case 'bind':
        return this.#bind(ref.of, ref.port);
      case 'port':
        return this.#port(ref.of, ref.port, ref.last);
      case 'secret-file':
        return layout.secretFile(of.user, ref.name);
      case 'secret': {
        const value = readFileSync(layout.secretFile(of.user, ref.name), 'utf8').trim();
        return ref.form === 'plain' ? value : createHash('sha256').update(value).digest('hex');
      }
      case 'path':
        return join(this.#place(ref.place, ref.of ?? of.name), ref.sub ?? '').replace(/\/$/, '');
      case 'certificate':
        return ref.part === 'authority' ? layout.authority : layout.chain;
      case 'program':
        return join(layout.programs, this.#programs[ref.name], ref.sub ?? '').replace(/\/$/, '');
      case 'group':
        return identityOf(layout, componentNamed(ref.of).user).gid;
      case 'listen':
        return this.#listen(ref.of, ref.port, ref.suffix);
      case 'setting':
        return this.#setting(of, ref.name);
    }
  }

  #host(of: ComponentName): string {
    return this.#spread?.hosts[of] ?? '127.0.0.1';
  }

  #port(of: ComponentName, name: string, last?: boolean): number {
    return portNumber(this.#settings.portBase, of, name, last);
  }

  /** Relaying and media listen at one address, never at all of them; spread, it may be announced as another one. */
  #rtcAddress(of: ComponentName): string {
    return this.#spread?.hosts[of] ?? this.#settings.mediaAddress;
  }

  #bind(of: ComponentName, port: string): string {
    const { reach } = componentNamed(of).ports[port] ?? { reach: 'machine' };
    if (reach === 'machine') return this.#host(of);
    if (reach === 'media') return this.#rtcAddress(of);
    return isLocal(this.#settings) && !this.#spread ? '127.0.0.1' : '0.0.0.0';
  }

  #place(place: 'config' | 'data' | 'run' | 'logs', of: ComponentName): string {
    const layout = this.#layout;
    return { config: layout.configDir(of), data: layout.dataDir(of), run: layout.runDir(of), logs: layout.logDir(of) }[
      place
    ];
  }

  #listen(of: ComponentName, name: string, suffix: string): string {
    const port = this.#port(of, name);
    const local = isLocal(this.#settings) && !this.#spread;
    // A browser may try either family first; a machine without IPv6 must not be asked for it.
    const six = Object.values(networkInterfaces()).some((list) => list?.some((entry) => entry.family === 'IPv6'));
    const addresses = [local ? '127.0.0.1' : '0.0.0.0', ...(six ? [local ? '[::1]' : '[::]'] : [])];
    return addresses.map((address) => `listen ${address}:${port}${suffix};`).join(' ');
  }

  #setting(of: Component, name: Extract<Ref, { ref: 'setting' }>['name']): string | number {
    const settings = this.#settings;
    switch (name) {
      case 'origin':
        return origin(settings);
      case 'hostName':
        return settings.hostName;
      case 'mediaAddress':
        return settings.mediaAddress;
      case 'rtcAddress':
        return this.#rtcAddress(of.name);
      case 'region':
        return settings.region;
      case 'storeEndpoint':
        return settings.store?.endpoint ?? `http://${this.#host('store')}:${this.#port('store', 's3')}`;
      case 'storeRegion':
        return settings.store?.region ?? settings.region;
      case 'storeBucket':
        return settings.store?.bucket ?? 'lyceum';
      case 'workers':
        return workerCount();
      // On a host of its own the relay is known by its address, for which the certificate speaks too.
      case 'turnHost':
        return this.#spread?.hosts.turn === this.#spread?.hosts.edge ? settings.hostName : settings.mediaAddress;
    }
  }
}
