/** The part of JSON Schema that zod writes for our contracts. */
export interface JsonSchema {
  $ref?: string;
  $defs?: Readonly<Record<string, JsonSchema>>;
  type?: string | readonly string[];
  const?: unknown;
  enum?: readonly unknown[];
  anyOf?: readonly JsonSchema[];
  oneOf?: readonly JsonSchema[];
  properties?: Readonly<Record<string, JsonSchema>>;
  required?: readonly string[];
  additionalProperties?: JsonSchema | boolean;
  propertyNames?: JsonSchema;
  items?: JsonSchema;
  format?: string;
  pattern?: string;
  minimum?: number;
  exclusiveMinimum?: number;
}

const ID = '3f2b8c1e-5d4a-4b6c-9e7f-0a1b2c3d4e5f';

function text({ format, pattern = '' }: JsonSchema): string[] {
  if (format === 'uuid') return [ID, '00000000-0000-0000-0000-000000000000'];
  if (format === 'date-time') return ['2026-11-24T10:15:00.000Z', '2026-11-24T10:15Z'];
  if (format === 'uri') return ['https://northfield.example/back'];
  if (pattern.startsWith('^#')) return ['#1f5a4c'];
  if (pattern.startsWith('^[a-z]')) return ['northfield'];
  return ['UTC', ' UTC '];
}

/** Values that fit: the fullest first, then the barest, then one change at a time. */
export function fitting(schema: JsonSchema, defs = schema.$defs ?? {}): unknown[] {
  if (schema.$ref) return fitting(defs[schema.$ref.replace('#/$defs/', '')] ?? {}, defs);
  if ('const' in schema) return [schema.const];
  if (schema.enum) return [...schema.enum];
  const options = schema.anyOf ?? schema.oneOf;
  if (options) return options.flatMap((option) => fitting(option, defs));
  if (Array.isArray(schema.type)) return schema.type.flatMap((type: string) => fitting({ ...schema, type }, defs));
  switch (schema.type) {
    case 'string':
      return text(schema);
    case 'integer':
    case 'number':
      return [Math.max(1, schema.minimum ?? 1, (schema.exclusiveMinimum ?? 0) + 1)];
    case 'boolean':
      return [true, false];
    case 'null':
      return [null];
    case 'array':
      return [schema.items ? fitting(schema.items, defs).slice(0, 3) : [], []];
    case 'object':
      return objects(schema, defs);
    default:
      return [{ seats: {} }];
  }
}

function objects(schema: JsonSchema, defs: Readonly<Record<string, JsonSchema>>): unknown[] {
  if (!schema.properties) {
    const { additionalProperties: member, propertyNames } = schema;
    if (typeof member !== 'object') return [{}];
    const name = propertyNames ? String(fitting(propertyNames, defs)[0]) : 'name';
    return [{}, ...fitting(member, defs).map((value) => ({ [name]: value }))];
  }
  const variants = Object.entries(schema.properties).map(([key, member]) => [key, fitting(member, defs)] as const);
  const full = Object.fromEntries(variants.map(([key, [first]]) => [key, first]));
  const bare = Object.fromEntries(Object.entries(full).filter(([key]) => schema.required?.includes(key)));
  const changed = variants.flatMap(([key, [, ...others]]) => others.map((value) => ({ ...full, [key]: value })));
  return [full, bare, { ...full, unknownMember: 1 }, ...changed];
}

const STRANGE: readonly unknown[] = [
  undefined,
  null,
  0,
  -1,
  1.5,
  401,
  1e9,
  '',
  'x',
  'x'.repeat(5000),
  true,
  [],
  [7],
  {},
  { a: 1 },
];

/** The same value with one thing wrong (or just different), at every depth. */
export function spoiled(value: unknown): unknown[] {
  const here = [...STRANGE];
  if (Array.isArray(value)) {
    return [...here, ...value.flatMap((one, index) => spoiled(one).map((bad) => value.with(index, bad)))];
  }
  if (typeof value !== 'object' || value === null) return here;
  const entries = Object.entries(value);
  const without = entries.map(([key]) => Object.fromEntries(entries.filter(([other]) => other !== key)));
  return [
    ...here,
    ...without,
    ...entries.flatMap(([key, one]) => spoiled(one).map((bad) => ({ ...value, [key]: bad }))),
  ];
}
