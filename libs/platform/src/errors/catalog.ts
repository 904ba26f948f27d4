import type { Problem } from '@lyceum/contracts';

/** `DOMAIN.WHAT_HAPPENED`; codes are part of the interface, so clients may switch on them. */
export type ErrorCode = `${string}.${string}`;

export interface ErrorDefinition {
  /** HTTP status; sockets carry the same number in the problem object. */
  status: number;
  /** One sentence for people, without anything of the request in it. */
  title: string;
  /** What the reader can do about it. */
  action?: string;
}

export interface ErrorOptions {
  /** Words about this occurrence that the caller may see. */
  detail?: string;
  cause?: unknown;
  /** Goes into the log only: ids and numbers, no personal data. */
  meta?: Record<string, string | number>;
  /** Field errors of a 400 or 422. */
  issues?: Problem['issues'];
}

const catalog = new Map<string, ErrorDefinition>();

/** An error with a code of the catalogue; everything else that is thrown counts as a fault of ours (500). */
export class LyceumError extends Error {
  readonly definition: ErrorDefinition;
  readonly detail: string | undefined;
  readonly meta: Record<string, string | number>;
  readonly issues: Problem['issues'];

  /** @throws Error when nobody defined `code`: the module that defines it must be imported by the one that throws. */
  constructor(
    readonly code: ErrorCode,
    options: ErrorOptions = {},
  ) {
    const definition = catalog.get(code);
    if (!definition) throw new Error(`nobody defined the error ${code}`, { cause: options.cause });
    super(options.detail ? `${code}: ${options.detail}` : `${code}: ${definition.title}`, { cause: options.cause });
    this.name = 'LyceumError';
    this.definition = definition;
    this.detail = options.detail;
    this.meta = options.meta ?? {};
    this.issues = options.issues;
  }

  get status(): number {
    return this.definition.status;
  }
}

/**
 * Adds codes to the catalogue and returns a typed factory: `const roomError = defineErrors({ 'ROOM.LOCKED': … })`, then
 * `throw roomError('ROOM.LOCKED', { detail })`. Throwing through the factory makes sure that the definition is loaded.
 */
export function defineErrors<const T extends Record<ErrorCode, ErrorDefinition>>(
  definitions: T,
): (code: keyof T & ErrorCode, options?: ErrorOptions) => LyceumError {
  for (const [code, definition] of Object.entries(definitions)) {
    if (catalog.has(code)) throw new Error(`the error ${code} is defined twice`);
    if (definition.status < 400 || definition.status > 599)
      throw new Error(`${code}: ${definition.status} is no error`);
    catalog.set(code, definition);
  }
  return (code, options) => new LyceumError(code, options);
}
