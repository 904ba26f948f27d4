import { applyDecorators } from '@nestjs/common';
import { ApiBody, ApiExtension, ApiOperation, ApiParam, ApiQuery, ApiResponse } from '@nestjs/swagger';
import { problemSchema } from '@lyceum/contracts';
import type { z } from 'zod';
import type { EndpointDefinition } from './endpoint.js';
import { asSchema, jsonSchema, type JsonSchema } from './json-schema.js';

type MethodOrClass = MethodDecorator & ClassDecorator;

/** Swagger's decorators for an endpoint, from the schemas that validate it. */
export function describeEndpoint(definition: EndpointDefinition, status: number): MethodOrClass {
  const open = definition.permission === 'public';
  return applyDecorators(
    ApiOperation({
      summary: definition.summary,
      security: open ? [] : [{ session: [] }, { bearer: [] }],
    }),
    ApiExtension('x-lyceum-permission', definition.permission),
    ...properties(definition.params).map(([name, schema]) => ApiParam({ name, schema })),
    ...properties(definition.query).map(([name, schema, required]) => ApiQuery({ name, schema, required })),
    ...(definition.body ? [ApiBody({ schema: jsonSchema(definition.body, 'input') })] : []),
    describeResponse(definition, status),
    ApiResponse({
      status: 'default',
      description: 'A problem (RFC 9457)',
      content: { 'application/problem+json': { schema: jsonSchema(problemSchema, 'output') } },
    }),
  );
}

function describeResponse({ response }: EndpointDefinition, status: number): MethodOrClass {
  if (response === 'none') return ApiResponse({ status, description: 'Done' });
  if (response === 'redirect') return ApiResponse({ status, description: 'Go to the address in Location' });
  if (response === 'stream') return ApiResponse({ status, description: 'Bytes', content: { '*/*': { schema: {} } } });
  return ApiResponse({ status, description: 'Done', schema: jsonSchema(response, 'output') });
}

/** Members of an object schema as name, schema, required; other schemas have none. */
function properties(schema: z.ZodType | undefined): [string, JsonSchema, boolean][] {
  if (!schema) return [];
  const { properties: members, required } = jsonSchema(schema, 'input');
  const names = new Set(Array.isArray(required) ? required.map(String) : []);
  return Object.entries(asSchema(members)).map(([name, member]) => [name, asSchema(member), names.has(name)]);
}
