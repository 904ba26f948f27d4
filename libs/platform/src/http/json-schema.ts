import { z } from 'zod';

export type JsonSchema = Record<string, unknown>;

/** Named schemas (`.meta({ id })`) of all endpoints; they become the document's components. */
const named = new Map<string, JsonSchema>();

/**
 * JSON Schema 2020-12, the dialect of OpenAPI 3.1. Transforms are described by what they read (`input`) or give
 * (`output`). An answer may get new fields in a later version, so it is described as open.
 * @throws Error when one name stands for two different schemas.
 */
export function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
  const converted = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    target: 'draft-2020-12',
    override: ({ jsonSchema: part }) => {
      if (io === 'output' && part.additionalProperties === false) delete part.additionalProperties;
    },
  });
  const { $schema, $defs, ...rest } = JSON.parse(JSON.stringify(converted), (key, value: unknown) =>
    key === '$ref' && typeof value === 'string' ? componentRef(value, io) : value,
  ) as JsonSchema;
  for (const [name, part] of Object.entries(asSchema($defs))) define(componentName(name, io), asSchema(part));
  return rest;
}

/** The components that endpoints referred to so far. */
export const namedSchemas = (): Record<string, JsonSchema> =>
  Object.fromEntries([...named].sort(([a], [b]) => a.localeCompare(b)));

export const asSchema = (value: unknown): JsonSchema =>
  typeof value === 'object' && value !== null ? { ...value } : {};

/** What is read may differ from what is given (defaults, transforms), so that both have a name. */
const componentName = (name: string, io: 'input' | 'output') => (io === 'input' ? `${name}Input` : name);

const componentRef = (ref: string, io: 'input' | 'output') =>
  ref.startsWith('#/$defs/') ? `#/components/schemas/${componentName(ref.slice('#/$defs/'.length), io)}` : ref;

function define(name: string, schema: JsonSchema): void {
  const { id, ...rest } = schema;
  const known = named.get(name);
  if (known && JSON.stringify(known) !== JSON.stringify(rest)) throw new Error(`two schemas are called ${name}`);
  named.set(name, rest);
}
