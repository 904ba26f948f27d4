/** Something the operator can do something about: what failed, why, and what to type. */
export class Failure extends Error {
  override name = 'Failure';
  readonly component: string;
  readonly why: string;
  readonly cure: string;

  constructor(component: string, why: string, cure: string, cause?: unknown) {
    super(`${component}: ${why}`, { cause });
    this.component = component;
    this.why = why;
    this.cure = cure;
  }
}

/** The command itself was not understood: ends in its usage and status 2. */
export class Misuse extends Error {
  override name = 'Misuse';
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined;
}
