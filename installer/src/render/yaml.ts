/** What can be written as YAML. */
export type Yaml = string | number | boolean | null | readonly Yaml[] | { readonly [key: string]: Yaml };

type Tree = readonly Yaml[] | { readonly [key: string]: Yaml };

const plain = /^[A-Za-z_/][A-Za-z0-9_./ -]*$/;
// Words that YAML 1.1 or 1.2 reads as something else than text.
const meansSomethingElse = /^(true|false|yes|no|on|off|null|y|n)$/i;

function scalar(value: string | number | boolean | null): string {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new Error(`${value} has no place in a rendering`);
  if (typeof value !== 'string') return String(value);
  if (plain.test(value) && !meansSomethingElse.test(value) && !value.endsWith(' ')) return value;
  // Only double quotes know escapes. JSON's strings are YAML's.
  if (/[^\x20-\x7e\u00a0-\ud7ff]/.test(value) || (value.includes("'") && !/["\\]/.test(value))) {
    return JSON.stringify(value);
  }
  return `'${value.replaceAll("'", "''")}'`;
}

const isTree = (value: Yaml): value is Tree => typeof value === 'object' && value !== null;
const isList = (value: Yaml): value is readonly Yaml[] => Array.isArray(value);

/** What follows on the same line, when the value fits there. */
function inline(value: Yaml): string | undefined {
  if (!isTree(value)) return scalar(value);
  if (Object.keys(value).length > 0) return undefined;
  return isList(value) ? '[]' : '{}';
}

/** Writes a tree in block style, quoting every string that could be read as something else. Ends with a newline. */
export function yaml(value: Yaml, indent = ''): string {
  const short = inline(value);
  if (short !== undefined) return `${indent}${short}\n`;
  const deeper = `${indent}  `;
  if (isList(value)) return value.map((item) => `${indent}- ${yaml(item, deeper).slice(deeper.length)}`).join('');
  return Object.entries(value as { readonly [key: string]: Yaml })
    .map(([key, item]) => {
      const text = inline(item);
      return text === undefined
        ? `${indent}${scalar(key)}:\n${yaml(item, deeper)}`
        : `${indent}${scalar(key)}: ${text}\n`;
    })
    .join('');
}
