import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { z } from 'zod';
import { commonError } from '../errors/index.js';
import { endpointOf, type EndpointDefinition } from './endpoint.js';
import { contextOf } from './request-state.js';

/** The request and response themselves, for cookies, ranges and streams. The answer is still what the handler returns. */
export interface HttpExchange {
  request: Request;
  response: Response;
}

/** The RequestContext, inside of the endpoint's transaction when it has one. */
export const Ctx: () => ParameterDecorator = createParamDecorator((_: unknown, execution: ExecutionContext) =>
  contextOf(execution.switchToHttp().getRequest<Request>()),
);

/** `{ params, query, body }` as parsed by the endpoint's schemas; what has no schema is undefined. */
export const Input: () => ParameterDecorator = createParamDecorator((_: unknown, execution: ExecutionContext) => {
  const definition = endpointOf(execution.getHandler());
  if (!definition) throw new Error('@Input() needs @Endpoint()');
  return parseInput(definition, execution.switchToHttp().getRequest<Request>());
});

export const Http: () => ParameterDecorator = createParamDecorator((_: unknown, execution: ExecutionContext) => ({
  request: execution.switchToHttp().getRequest<Request>(),
  response: execution.switchToHttp().getResponse<Response>(),
}));

/** @throws LyceumError REQUEST.INVALID with every mistake of params, query and body. */
export function parseInput(
  definition: EndpointDefinition,
  request: { params: Record<string, unknown>; query: unknown; body?: unknown },
): { params: unknown; query: unknown; body: unknown } {
  // The slug is the guard's, not the handler's: strict schemas need not know of it.
  const { tenant, ...params } = request.params;
  const parts = [
    parsePart('params', definition.params, params),
    parsePart('query', definition.query, request.query),
    parsePart('body', definition.body, request.body),
  ] as const;
  const issues = parts.flatMap((part) => part.issues);
  if (issues.length > 0) throw commonError('REQUEST.INVALID', { issues });
  return { params: parts[0].value, query: parts[1].value, body: parts[2].value };
}

interface Part {
  value: unknown;
  issues: { path: string; message: string }[];
}

function parsePart(name: string, schema: z.ZodType | undefined, value: unknown): Part {
  if (!schema) return { value: undefined, issues: [] };
  const result = schema.safeParse(value);
  if (result.success) return { value: result.data, issues: [] };
  const issues = result.error.issues.map(({ path, message }) => ({
    path: [name, ...path.map(String)].join('.'),
    message,
  }));
  return { value: undefined, issues };
}
