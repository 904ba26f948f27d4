/** Each holds white text at 4.5:1 or better, in both themes. */
const COLOURS = ['#1f5a4c', '#7d6131', '#40677a', '#6d518f', '#4d5a7a', '#8f4a5a', '#4f6d43', '#6b5b4a'] as const;

/** A steady colour for a person: the same id gives the same colour on every page and every day. */
export function avatarColour(seed: string): string {
  let hash = 0;
  for (const char of seed) hash = (hash * 31 + (char.codePointAt(0) ?? 0)) >>> 0;
  return COLOURS[hash % COLOURS.length] ?? COLOURS[0];
}

/** First letters of the first and the last word, upper case; one letter for one word; "?" for nothing. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/u).filter(Boolean);
  const picked = words.length > 1 ? [words[0], words.at(-1)] : words;
  const letters = picked.map((word) => [...(word ?? '')][0] ?? '').join('');
  return letters.toLocaleUpperCase() || '?';
}
