/**
 * Typed references: what a component's description may point at without knowing where it will run.
 * A placement (native, Compose, Ansible) turns each of them into a concrete value.
 */
import type { ComponentName, ProgramName, SecretName } from './names.ts';

/** Places whose owner is the component itself unless `of` names another one. */
export type Place = 'config' | 'data' | 'run' | 'logs';

/** Facts about the whole appliance. */
export type Setting =
  | 'origin'
  | 'hostName'
  | 'mediaAddress'
  | 'region'
  | 'rtcAddress'
  | 'storeBucket'
  | 'storeEndpoint'
  | 'storeRegion'
  | 'turnHost'
  | 'workers';

export type Ref =
  /** Address at which other components reach `of`. */
  | { ref: 'host'; of: ComponentName }
  /** Address the component itself listens at for the named port. */
  | { ref: 'bind'; of: ComponentName; port: string }
  /** Port number; `last` gives the end of a range. */
  | { ref: 'port'; of: ComponentName; port: string; last?: true }
  /** Path of this component's own copy of a secret. */
  | { ref: 'secret-file'; name: SecretName }
  /** The secret itself, for formats that can't name a file; the file it lands in is readable by its user only. */
  | { ref: 'secret'; name: SecretName; form: 'plain' | 'sha256' }
  | { ref: 'path'; place: Place; of?: ComponentName; sub?: string }
  | { ref: 'certificate'; part: 'authority' | 'chain' }
  | { ref: 'program'; name: ProgramName; sub?: string }
  | { ref: 'setting'; name: Setting }
  /** Number of the group of another component's user: who may open a socket is decided by its group. */
  | { ref: 'group'; of: ComponentName }
  /** A listen line of the edge for every address it serves, joined by the template's separator. */
  | { ref: 'listen'; of: ComponentName; port: string; suffix: string };

/** Text with references in it. */
export interface Text {
  readonly parts: readonly (string | Ref)[];
}

/** A JSON document with references and texts as leaves. */
export type Document =
  string | number | boolean | null | Ref | Text | readonly Document[] | { [key: string]: Document };

/** Tagged template that keeps references apart from the text around them. */
export function text(strings: TemplateStringsArray, ...refs: readonly (Ref | string | number)[]): Text {
  const parts: (string | Ref)[] = [strings[0] ?? ''];
  refs.forEach((ref, index) => {
    parts.push(typeof ref === 'number' ? String(ref) : ref, strings[index + 1] ?? '');
  });
  return { parts };
}

export const host = (of: ComponentName): Ref => ({ ref: 'host', of });
export const bind = (of: ComponentName, port: string): Ref => ({ ref: 'bind', of, port });
export const port = (of: ComponentName, name: string): Ref => ({ ref: 'port', of, port: name });
export const lastPort = (of: ComponentName, name: string): Ref => ({ ref: 'port', of, port: name, last: true });
export const secretFile = (name: SecretName): Ref => ({ ref: 'secret-file', name });
export const secret = (name: SecretName): Ref => ({ ref: 'secret', name, form: 'plain' });
export const secretHash = (name: SecretName): Ref => ({ ref: 'secret', name, form: 'sha256' });
export const path = (place: Place, sub?: string, of?: ComponentName): Ref => ({
  ref: 'path',
  place,
  ...(sub === undefined ? {} : { sub }),
  ...(of === undefined ? {} : { of }),
});
export const certificate = (part: 'authority' | 'chain'): Ref => ({ ref: 'certificate', part });
export const program = (name: ProgramName, sub?: string): Ref => ({
  ref: 'program',
  name,
  ...(sub === undefined ? {} : { sub }),
});
export const setting = (name: Setting): Ref => ({ ref: 'setting', name });
export const group = (of: ComponentName): Ref => ({ ref: 'group', of });
export const listen = (of: ComponentName, name: string, suffix: string): Ref => ({
  ref: 'listen',
  of,
  port: name,
  suffix,
});

export function isRef(value: unknown): value is Ref {
  return typeof value === 'object' && value !== null && 'ref' in value;
}

export function isText(value: unknown): value is Text {
  return typeof value === 'object' && value !== null && 'parts' in value;
}
