import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Every file below `directory`, full paths. */
export const filesBelow = (directory: string): string[] =>
  readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
