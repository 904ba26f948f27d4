/** A tree as YAML in block style; strings are quoted whenever they could be read as something else. */
export type Yaml = string | number | boolean | null | readonly Yaml[] | { readonly [key: string]: Yaml };

const plain = /^[A-Za-z_./][A-Za-z0-9_./ -]*$/;
const meansSomethingElse = /^(true|false|yes|no|on|off|null|y|n|~)$/i;

function scalar(value: string | number | boolean | null): string {
  if (typeof value !== 'string') return String(value);
  return plain.test(value) && !meansSomethingElse.test(value) && value.trim() === value
    ? value
    : `'${value.replaceAll("'", "''")}'`;
}

const isTree = (value: Yaml): value is readonly Yaml[] | { readonly [key: string]: Yaml } =>
  typeof value === 'object' && value !== null;

export function yaml(value: Yaml, indent = ''): string {
  if (!isTree(value)) return `${indent}${scalar(value)}\n`;
  if (Array.isArray(value)) {
    return (value as readonly Yaml[])
      .map((item) => {
        if (!isTree(item) || isEmpty(item)) return `${indent}- ${inline(item)}\n`;
        const inner = yaml(item, `${indent}  `);
        return `${indent}- ${inner.slice(indent.length + 2)}`;
      })
      .join('');
  }
  return Object.entries(value)
    .map(([key, item]) => {
      if (!isTree(item) || isEmpty(item)) return `${indent}${scalar(key)}: ${inline(item)}\n`;
      return `${indent}${scalar(key)}:\n${yaml(item, `${indent}  `)}`;
    })
    .join('');
}

const isEmpty = (value: Yaml): boolean => isTree(value) && Object.keys(value).length === 0;

function inline(value: Yaml): string {
  if (isTree(value)) return Array.isArray(value) ? '[]' : '{}';
  return scalar(value);
}
