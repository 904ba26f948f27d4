import { Injectable, RequestMethod, type OnModuleInit } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { permissions } from '@lyceum/contracts';
import { controllerScopeOf, type ControllerScope } from './controllers.js';
import { endpointOf, type EndpointDefinition } from './endpoint.js';

export interface Route {
  controller: string;
  handler: string;
  /** Full pattern, e.g. `/t/:tenant/api/v1/courses/:id`. */
  path: string;
  scope: ControllerScope;
  definition: EndpointDefinition;
}

/** Knows every route of the application, and refuses to start when one of them is not declared by the rules. */
@Injectable()
export class RouteTable implements OnModuleInit {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
  ) {}

  onModuleInit(): void {
    this.routes();
  }

  /** @throws Error naming every handler without `@Endpoint` or without a known permission, and every stray controller. */
  routes(): Route[] {
    const routes: Route[] = [];
    const faults: string[] = [];
    for (const { instance, metatype, name } of this.discovery.getControllers()) {
      if (!metatype || typeof instance !== 'object' || instance === null) continue;
      const scope = controllerScopeOf(metatype);
      if (!scope) {
        faults.push(`${name} is neither a TenantController nor a PlatformController`);
        continue;
      }
      const prefix: string = Reflect.getMetadata(PATH_METADATA, metatype);
      const prototype: object = Object.getPrototypeOf(instance);
      for (const handler of this.scanner.getAllMethodNames(prototype)) {
        const method: unknown = Reflect.get(prototype, handler);
        if (typeof method !== 'function' || Reflect.getMetadata(METHOD_METADATA, method) === undefined) continue;
        const definition = endpointOf(method);
        const fault = definition ? faultOf(definition, method, scope) : 'has no @Endpoint';
        if (fault || !definition) faults.push(`${name}.${handler} ${fault}`);
        else routes.push({ controller: name, handler, path: pathOf(prefix, definition.path), scope, definition });
      }
    }
    if (faults.length > 0) throw new Error(`routes that may not exist:\n${faults.map((f) => `  - ${f}`).join('\n')}`);
    return routes;
  }
}

const known = new Set<string>([...permissions, 'signed-in', 'public']);

function faultOf(definition: EndpointDefinition, method: object, scope: ControllerScope): string | null {
  const verb: RequestMethod = Reflect.getMetadata(METHOD_METADATA, method);
  if (RequestMethod[verb] !== definition.method) return 'has a second route decorator';
  if (!known.has(definition.permission)) return `names the unknown permission ${String(definition.permission)}`;
  if (scope === 'platform' && definition.permission !== 'public') return 'belongs to no tenant and must be public';
  return null;
}

const pathOf = (prefix: string, path: string) => `/${[prefix, path].filter(Boolean).join('/')}`;
