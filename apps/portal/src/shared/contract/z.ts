import {
  ArrayReader,
  Mismatch,
  must,
  NumberReader,
  objectAt,
  ObjectReader,
  Reader,
  type Shape,
  StringReader,
} from './reader.js';

/** RFC 9562: versions 1 to 8 of its variant, and the nil and max UUIDs. */
const UUID =
  /^([0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}|0{8}-(0{4}-){3}0{12}|f{8}-(f{4}-){3}f{12})$/iu;
/** ISO 8601 in UTC, fractions of seconds optional. */
const DATE_TIME = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?Z$/u;

type Primitive = string | number | boolean | null;

/** Knows the one value it takes, so that a discriminated union can find it. */
class LiteralReader extends Reader {
  constructor(readonly only: Primitive) {
    super((value, path) => must(value === only, value, path, JSON.stringify(only)));
  }
}

const string = () => new StringReader((value, path) => must(typeof value === 'string', value, path, 'a string'));
const finite = (value: unknown, path: readonly string[]) =>
  must(typeof value === 'number' && Number.isFinite(value), value, path, 'a number');
const number = () => new NumberReader(finite);

/** A calendar day that exists: the pattern lets 31 February through. */
const isInstant = (value: string) => {
  const at = new Date(`${value.slice(0, 10)}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(value.slice(0, 10));
};

/** Stands in for zod's `z` in the browser build. */
export const z = {
  string,
  number,
  int: () => number().int(),
  boolean: () => new Reader((value, path) => must(typeof value === 'boolean', value, path, 'true or false')),
  null: () => new LiteralReader(null),
  unknown: () => new Reader((value) => value),
  literal: (only: Primitive) => new LiteralReader(only),
  enum: (values: readonly string[]) =>
    new Reader((value, path) => must((values as readonly unknown[]).includes(value), value, path, values.join(' or '))),
  uuid: () => string().regex(UUID, 'a UUID'),
  url: () => string().refine((value) => URL.canParse(String(value)), 'a URL'),
  iso: {
    datetime: () =>
      string()
        .regex(DATE_TIME, 'an instant')
        .refine((value) => isInstant(String(value)), 'a date'),
  },
  coerce: { number: () => new NumberReader((value, path) => finite(Number(value), path)) },
  custom: (holds: (value: unknown) => boolean) =>
    new Reader((value, path) => must(holds(value), value, path, 'another value')),
  array: (item: Reader) =>
    new ArrayReader((value, path) => {
      if (!Array.isArray(value)) throw new Mismatch(path, 'a list');
      return value.map((one: unknown, index) => item.read(one, [...path, String(index)]));
    }),
  object: (shape: Shape) => new ObjectReader(shape),
  record: (key: Reader, member: Reader) =>
    new Reader((value, path) =>
      Object.fromEntries(
        Object.entries(objectAt(value, path)).map(([name, one]) => {
          const here = [...path, name];
          return [key.read(name, here), member.read(one, here)];
        }),
      ),
    ),
  union: (options: readonly Reader[]) =>
    new Reader((value, path) => {
      for (const option of options) {
        const tried = option.safeParse(value);
        if (tried.success) return tried.data;
      }
      throw new Mismatch(path, 'one of several kinds');
    }),
  discriminatedUnion: (by: string, options: readonly ObjectReader[]) => {
    const kinds = new Map<unknown, ObjectReader>();
    for (const option of options) {
      const kind = option.shape[by];
      if (kind instanceof LiteralReader) kinds.set(kind.only, option);
    }
    return new Reader((value, path) => {
      const option = kinds.get(objectAt(value, path)[by]);
      if (!option) throw new Mismatch([...path, by], 'a known kind');
      return option.read(value, path);
    });
  },
};
