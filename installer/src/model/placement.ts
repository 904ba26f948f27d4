import type { Component } from './component.ts';
import type { ComponentName } from './names.ts';
import type { Document, Ref, Text } from './refs.ts';
import { isRef, isText } from './refs.ts';

/** Turns the references of `of` into values: the only thing in which one machine, containers and several hosts differ. */
export interface Placement {
  value(of: Component, ref: Ref): string | number;
}

export function resolveText(placement: Placement, of: Component, value: string | Ref | Text): string {
  if (typeof value === 'string') return value;
  if (isRef(value)) return String(placement.value(of, value));
  return value.parts.map((part) => (typeof part === 'string' ? part : String(placement.value(of, part)))).join('');
}

/** Resolves a JSON document; numbers stay numbers, so a port is one in the result too. */
export function resolveDocument(placement: Placement, of: Component, value: Document): unknown {
  if (isRef(value)) return placement.value(of, value);
  if (isText(value)) return resolveText(placement, of, value);
  if (Array.isArray(value)) return value.map((item: Document) => resolveDocument(placement, of, item));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, resolveDocument(placement, of, item as Document)]),
    );
  }
  return value;
}

/** The content of every configuration file of a component, by file name. */
export function resolveFiles(placement: Placement, of: Component): Map<string, string> {
  return new Map(
    of.files.map((file) => [
      file.name,
      'json' in file.content
        ? `${JSON.stringify(resolveDocument(placement, of, file.content.json), null, 2)}\n`
        : resolveText(placement, of, file.content),
    ]),
  );
}

/** Components in an order in which each comes after everything it needs. Throws when the needs form a ring. */
export function startOrder(components: readonly Component[]): Component[] {
  const byName = new Map(components.map((component) => [component.name, component]));
  const done = new Set<ComponentName>();
  const order: Component[] = [];
  const visit = (component: Component, trail: readonly ComponentName[]): void => {
    if (done.has(component.name)) return;
    if (trail.includes(component.name)) throw new Error(`needs form a ring: ${[...trail, component.name].join(' → ')}`);
    for (const need of component.needs) {
      const needed = byName.get(need);
      if (needed) visit(needed, [...trail, component.name]);
    }
    done.add(component.name);
    order.push(component);
  };
  for (const component of components) visit(component, []);
  return order;
}
