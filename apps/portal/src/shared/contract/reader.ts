/** What a reader throws: where in the answer, and what was expected there. */
export class Mismatch extends Error {
  override readonly name = 'Mismatch';

  constructor(
    readonly path: readonly string[],
    readonly expected: string,
  ) {
    super(`${path.length === 0 ? 'the value' : path.join('.')}: expected ${expected}`);
  }
}

/** Reads a value of the wire, or throws a Mismatch. May return another value than it was given (trimmed, with defaults). */
export type Read = (value: unknown, path: readonly string[]) => unknown;

/**
 * A contract at run time in the browser: the part of zod's interface that our contracts use, in a hundredth of its size. See
 * docs/decisions/0071-contracts-in-the-browser.md.
 */
export class Reader {
  constructor(
    readonly read: Read,
    /** An object may lack this member. */
    readonly mayLack = false,
  ) {}

  parse(value: unknown): unknown {
    return this.read(value, []);
  }

  safeParse(value: unknown): { success: true; data: unknown } | { success: false; error: Mismatch } {
    try {
      return { success: true, data: this.parse(value) };
    } catch (error) {
      if (error instanceof Mismatch) return { success: false, error };
      throw error;
    }
  }

  optional(): Reader {
    return new Reader((value, path) => (value === undefined ? undefined : this.read(value, path)), true);
  }

  nullable(): Reader {
    return new Reader((value, path) => (value === null ? null : this.read(value, path)), this.mayLack);
  }

  default(otherwise: unknown): Reader {
    return new Reader((value, path) => (value === undefined ? otherwise : this.read(value, path)), true);
  }

  refine(holds: (value: unknown) => unknown, expected = 'something else'): Reader {
    return this.then((value, path) => must(holds(value), value, path, expected));
  }

  /** Documentation for OpenAPI, which is made on the server. */
  meta(): this {
    return this;
  }

  protected then(next: Read): Reader {
    return new Reader((value, path) => next(this.read(value, path), path), this.mayLack);
  }
}

/** `value` when `holds`; otherwise throws. */
export function must(holds: unknown, value: unknown, path: readonly string[], expected: string): unknown {
  if (!holds) throw new Mismatch(path, expected);
  return value;
}

/** A reader with more steps of its own kind, such as `.min(1)` after `.trim()`; they run in the order they were written. */
abstract class Stepped<T> extends Reader {
  protected abstract step(next: (value: T, path: readonly string[]) => unknown): this;

  protected check(holds: (value: T) => boolean, expected: string): this {
    return this.step((value, path) => must(holds(value), value, path, expected));
  }
}

export class StringReader extends Stepped<string> {
  protected step(next: (value: string, path: readonly string[]) => unknown): this {
    const more = new StringReader((value, path) => next(this.read(value, path) as string, path));
    return more as this;
  }
  min(length: number): this {
    return this.check((value) => value.length >= length, `at least ${length} characters`);
  }
  max(length: number): this {
    return this.check((value) => value.length <= length, `at most ${length} characters`);
  }
  regex(pattern: RegExp, expected = String(pattern)): this {
    return this.check((value) => pattern.test(value), expected);
  }
  trim(): this {
    return this.step((value) => value.trim());
  }
}

export class NumberReader extends Stepped<number> {
  protected step(next: (value: number, path: readonly string[]) => unknown): this {
    const more = new NumberReader((value, path) => next(this.read(value, path) as number, path));
    return more as this;
  }
  int(): this {
    return this.check(Number.isSafeInteger, 'a whole number');
  }
  min(least: number): this {
    return this.check((value) => value >= least, `at least ${least}`);
  }
  max(most: number): this {
    return this.check((value) => value <= most, `at most ${most}`);
  }
  positive(): this {
    return this.check((value) => value > 0, 'more than 0');
  }
  nonnegative(): this {
    return this.min(0);
  }
}

export class ArrayReader extends Stepped<readonly unknown[]> {
  protected step(next: (value: readonly unknown[], path: readonly string[]) => unknown): this {
    const more = new ArrayReader((value, path) => next(this.read(value, path) as readonly unknown[], path));
    return more as this;
  }
  min(length: number): this {
    return this.check((value) => value.length >= length, `at least ${length} items`);
  }
  max(length: number): this {
    return this.check((value) => value.length <= length, `at most ${length} items`);
  }
}

export type Shape = Readonly<Record<string, Reader>>;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Reads what `value` must be an object for. */
export function objectAt(value: unknown, path: readonly string[]): Readonly<Record<string, unknown>> {
  if (!isObject(value)) throw new Mismatch(path, 'an object');
  return value;
}

/** Members that the contract doesn't name are left out, as zod does. */
export class ObjectReader extends Reader {
  constructor(readonly shape: Shape) {
    super((value, path) => {
      const given = objectAt(value, path);
      const read: Record<string, unknown> = {};
      for (const [key, member] of Object.entries(shape)) {
        const here = [...path, key];
        if (!(key in given) && !member.mayLack) throw new Mismatch(here, 'a value');
        const found = member.read(given[key], here);
        if (found !== undefined || key in given) read[key] = found;
      }
      return read;
    });
  }
  extend(more: Shape): ObjectReader {
    return new ObjectReader({ ...this.shape, ...more });
  }
  partial(): ObjectReader {
    return new ObjectReader(
      Object.fromEntries(Object.entries(this.shape).map(([key, member]) => [key, member.optional()])),
    );
  }
}
