import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** A configuration that can't be used; the message lists every mistake, one a line. */
export class ConfigError extends Error {
  override name = 'ConfigError';

  constructor(
    readonly file: string,
    readonly faults: readonly string[],
  ) {
    super([`The configuration ${file} has ${faults.length} mistake(s):`, ...faults.map((f) => `  - ${f}`)].join('\n'));
  }
}

interface Environment {
  LYCEUM_CONFIG?: string | undefined;
  LYCEUM_INSTANCE?: string | undefined;
}

/**
 * Reads the file that `LYCEUM_CONFIG` names, once, at start. `LYCEUM_INSTANCE` replaces `instance`, so that several
 * instances can share a file. Unknown keys are mistakes: a misspelt option must not be silently ignored.
 * @throws ConfigError with every mistake in it.
 */
export function loadConfig<T extends z.ZodType>(schema: T, environment: Environment = process.env): z.infer<T> {
  const file = environment.LYCEUM_CONFIG;
  if (!file) throw new ConfigError('(none)', ['LYCEUM_CONFIG must name the configuration file']);
  const result = schema.safeParse(withInstance(readJson(file), environment.LYCEUM_INSTANCE));
  if (!result.success) throw new ConfigError(file, result.error.issues.map(describe));
  return result.data;
}

function readJson(file: string): unknown {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new ConfigError(file, [`can't be read: ${error instanceof Error ? error.message : String(error)}`]);
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ConfigError(file, [`is not JSON: ${error instanceof Error ? error.message : String(error)}`]);
  }
}

function withInstance(value: unknown, instance: string | undefined): unknown {
  return instance && typeof value === 'object' && value !== null ? { ...value, instance } : value;
}

function describe(issue: z.core.$ZodIssue): string {
  const path = issue.path.map(String).join('.');
  return path ? `${path}: ${issue.message}` : issue.message;
}
