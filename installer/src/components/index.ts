import type { Component } from '../model/component.ts';
import type { ComponentName } from '../model/names.ts';
import { apis } from './api.ts';
import { edge } from './edge.ts';
import { jobs } from './jobs.ts';
import { keycloak } from './keycloak.ts';
import { keys } from './keys.ts';
import { mediaNodes } from './media.ts';
import { operator } from './operator.ts';
import { postgres } from './postgres.ts';
import { recorder } from './recorder.ts';
import { redis } from './redis.ts';
import { store } from './store.ts';
import { turn } from './turn.ts';
import { startOrder } from '../model/placement.ts';

/** The whole appliance, each after what it needs. */
export const components: readonly Component[] = startOrder([
  postgres,
  redis,
  store,
  keycloak,
  turn,
  keys,
  recorder,
  ...mediaNodes,
  jobs,
  ...apis,
  edge,
  operator,
]);

/** What the supervisor runs. */
export const services: readonly Component[] = components.filter((component) => component.health.kind !== 'none');

export function componentNamed(name: ComponentName): Component {
  const found = components.find((component) => component.name === name);
  if (!found) throw new Error(`no component is called ${name}`);
  return found;
}
