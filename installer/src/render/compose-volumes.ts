import { components } from '../components/index.ts';
import type { Component } from '../model/component.ts';
import type { ComponentName } from '../model/names.ts';
import type { Document, Ref, Text } from '../model/refs.ts';
import { isRef, isText } from '../model/refs.ts';
import { imageLayout } from './compose-placement.ts';

/** Volumes that belong to no single component. */
export const places = {
  originals: 'originals',
  state: 'state',
  certificates: 'certificates',
  services: 'services',
} as const;

function refsIn(value: Document | Text): Ref[] {
  if (isRef(value)) return [value];
  if (isText(value)) return value.parts.flatMap((part) => (typeof part === 'string' ? [] : [part]));
  if (Array.isArray(value)) return (value as readonly Document[]).flatMap(refsIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value as { [key: string]: Document }).flatMap(refsIn);
}

/** Everything a component's description points at. */
export function referencesOf(component: Component): Ref[] {
  return [
    ...component.files.flatMap(({ content }) => refsIn('json' in content ? content.json : content)),
    ...component.command.flatMap(refsIn),
    ...Object.values(component.environment).flatMap(refsIn),
  ];
}

/** Components whose sockets this one opens. */
function visits(component: Component): ComponentName[] {
  const others = referencesOf(component).flatMap((ref) =>
    ref.ref === 'path' && ref.place === 'run' && ref.of !== undefined && ref.of !== component.name ? [ref.of] : [],
  );
  return [...new Set(others)];
}

/**
 * What a component's container sees of the appliance: its own configuration, secrets and data, the run directories of
 * those it talks to, and what is no secret. The rest of the appliance is not there to be read.
 */
export function mountsOf(component: Component): string[] {
  const { name, user } = component;
  const certified =
    component.secrets.includes('tls-key') || referencesOf(component).some((ref) => ref.ref === 'certificate');
  return [
    `config-${name}:${imageLayout.configDir(name)}:ro`,
    ...(component.health.kind === 'none' ? [] : [`${places.services}:${imageLayout.services}:ro`]),
    ...(certified ? [`${places.certificates}:${imageLayout.config}/certificates:ro`] : []),
    ...(component.secrets.length > 0 ? [`secrets-${user}:${imageLayout.secrets}/${user}:ro`] : []),
    ...(component.data ? [`data-${name}:${imageLayout.dataDir(name)}`] : []),
    ...(component.run ? [`run-${name}:${imageLayout.runDir(name)}`] : []),
    ...visits(component).map((other) => `run-${other}:${imageLayout.runDir(other)}:ro`),
  ];
}

/** All of it, writable: for the step that makes it. */
export function allMounts(): string[] {
  const own = components.flatMap(mountsOf).map((mount) => mount.replace(/:ro$/, ''));
  return [
    `${places.originals}:${imageLayout.secrets}/originals`,
    `${places.state}:${imageLayout.state}`,
    ...new Set(own),
  ];
}
