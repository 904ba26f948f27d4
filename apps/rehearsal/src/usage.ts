/** The command line asks for something there is not; its message says what. */
export class UsageError extends Error {}

/** A whole number of at least `least` given to an option; `otherwise` when the option was left out. */
export function wholeNumber(name: string, given: string | undefined, otherwise: number, least = 1): number {
  if (given === undefined) return otherwise;
  const value = Number(given);
  if (!Number.isInteger(value) || value < least) {
    throw new UsageError(`${name} takes a whole number from ${least}, not '${given}'.`);
  }
  return value;
}

/** One of the words an option or argument takes. */
export function oneOf<Word extends string>(name: string, given: string | undefined, words: readonly Word[]): Word {
  const found = words.find((word) => word === given);
  if (found === undefined)
    throw new UsageError(`${name} is one of ${words.join(', ')}${given ? `, not '${given}'` : ''}.`);
  return found;
}
