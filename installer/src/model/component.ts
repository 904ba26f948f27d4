import type { ComponentName, ProgramName, SecretName, ServiceName, UserName } from './names.ts';
import type { Document, Ref, Text } from './refs.ts';

/** A port, as an offset from the appliance's port base. */
export interface Port {
  readonly offset: number;
  readonly protocol: 'tcp' | 'udp' | 'tcp+udp';
  /** `machine`: other components only; `media`: the media node, at the media address; `network`: browsers reach it. */
  readonly reach: 'machine' | 'media' | 'network';
  /** Size of a range; 1 when left out. */
  readonly count?: number;
}

/** How to tell that a component does its work, asked from the machine it runs on. */
export type Health =
  /** A program that runs once when asked; nothing to supervise. */
  | { readonly kind: 'none' }
  | { readonly kind: 'http'; readonly port: string; readonly path: string }
  | { readonly kind: 'https'; readonly port: string; readonly path: string }
  | { readonly kind: 'redis'; readonly port: string }
  | { readonly kind: 'postgres'; readonly port: string }
  | { readonly kind: 'stun'; readonly port: string }
  | { readonly kind: 'line'; readonly socket: Ref; readonly send: string; readonly expect: string };

/** A configuration file; all of them are readable by the component's user alone. */
export interface ConfigFile {
  readonly name: string;
  readonly content: Text | { readonly json: Document };
}

/** What the supervisor has to know of a process to start and stop it. */
export interface Service {
  readonly name: ServiceName;
  /** What it is, in the words of a status line. */
  readonly title: string;
  readonly stopSeconds: number;
  /** Signal that lets it finish its work; TERM when left out. */
  readonly stopSignal?: 'INT' | 'QUIT';
}

/** One process of the appliance, as plain data. */
export interface Component extends Service {
  readonly name: ComponentName;
  readonly user: UserName;
  /** Components that must be healthy before this one is started. */
  readonly needs: readonly ComponentName[];
  /** Debian packages. */
  readonly packages: readonly string[];
  readonly programs: readonly ProgramName[];
  readonly ports: Readonly<Record<string, Port>>;
  /** Secrets it reads, each as a file of its own. */
  readonly secrets: readonly SecretName[];
  /** Whether it keeps something under its data directory (`data`) that a reset must clear. */
  readonly data: boolean;
  /** Directories below its data directory that it expects to find. */
  readonly folders?: readonly string[];
  /** Directory for sockets and pid files, with its mode when others must pass through. */
  readonly run?: { readonly mode: number };
  /** Users whose groups its process joins. */
  readonly joins?: readonly UserName[];
  readonly files: readonly ConfigFile[];
  readonly command: readonly (string | Ref | Text)[];
  /** Name of the processes it starts, when they outlive a sudden death of it and would stand in its successor's way. */
  readonly heirs?: string;
  readonly environment: Readonly<Record<string, string | Ref | Text>>;
  /** Environment variables that carry a secret: handed over through files, never on a command line. */
  readonly secretEnvironment: Readonly<Record<string, SecretName>>;
  readonly health: Health;
  /** Seconds it may take to become healthy. */
  readonly startSeconds: number;
}
