import {
  HttpCode,
  RequestMapping,
  RequestMethod,
  SetMetadata,
  applyDecorators,
  type StreamableFile,
} from '@nestjs/common';
import type { Access } from '@lyceum/contracts';
import type { z } from 'zod';
import { describeEndpoint } from './openapi-endpoint.js';

export const endpointKey = 'lyceum:endpoint';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/**
 * What an endpoint answers: a schema (JSON), `none` (204), `redirect` (302; the handler returns the address) or `stream`
 * (the handler returns a StreamableFile and may set status and headers on the response of `@Http()`).
 */
export type Reply = z.ZodType | 'none' | 'redirect' | 'stream';

export interface EndpointDefinition {
  method: Method;
  /** Below the controller's prefix, e.g. `:id/people`; empty for the prefix itself. */
  path: string;
  permission: Access;
  params?: z.ZodType;
  query?: z.ZodType;
  body?: z.ZodType;
  response: Reply;
  /** Default: 200, 201 for POST with a schema, 204 for none, 302 for redirect. */
  status?: number;
  summary: string;
  /**
   * The transaction around the handler; default `read` for GET and `write` for the rest, `none` on platform controllers
   * and for streams. Use `none` and `Database.transaction` where the handler talks to other services.
   */
  transaction?: 'read' | 'write' | 'none';
}

/** The value that `@Input()` gives the handler of this endpoint. */
export type InputOf<D extends EndpointDefinition> = {
  params: D['params'] extends z.ZodType ? z.output<D['params']> : undefined;
  query: D['query'] extends z.ZodType ? z.output<D['query']> : undefined;
  body: D['body'] extends z.ZodType ? z.output<D['body']> : undefined;
};

/** What the handler of this endpoint returns. */
export type OutputOf<D extends EndpointDefinition> = D['response'] extends z.ZodType
  ? z.input<D['response']>
  : D['response'] extends 'redirect'
    ? string
    : D['response'] extends 'stream'
      ? StreamableFile
      : void;

type Handler<D extends EndpointDefinition> = (...args: never[]) => Promise<OutputOf<D>> | OutputOf<D>;

/** Keeps the literal types of a definition, for `InputOf<typeof definition>`. */
export const endpoint = <const D extends EndpointDefinition>(definition: D): D => definition;

/**
 * Route, permission, validation, serialisation, documentation and transaction of a handler in one place, so that they
 * can't drift apart. A handler without it fails the boot; its return type is checked against `response`.
 */
export function Endpoint<const D extends EndpointDefinition>(definition: D) {
  return <T extends Handler<D>>(target: object, key: string | symbol, descriptor: TypedPropertyDescriptor<T>): void => {
    applyDecorators(
      SetMetadata(endpointKey, definition),
      RequestMapping({ method: RequestMethod[definition.method], path: definition.path }),
      HttpCode(statusOf(definition)),
      describeEndpoint(definition, statusOf(definition)),
    )(target, key, descriptor);
  };
}

export function statusOf(definition: EndpointDefinition): number {
  if (definition.status !== undefined) return definition.status;
  if (definition.response === 'none') return 204;
  if (definition.response === 'redirect') return 302;
  return definition.method === 'POST' && definition.response !== 'stream' ? 201 : 200;
}

/** The definition on a handler; undefined when it has none. */
export function endpointOf(handler: object): EndpointDefinition | undefined {
  const value: EndpointDefinition | undefined = Reflect.getMetadata(endpointKey, handler);
  return value;
}
