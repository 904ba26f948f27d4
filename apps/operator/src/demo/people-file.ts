import { randomBytes } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { roleSchema, type Role } from '@lyceum/contracts';
import { readSecret } from '@lyceum/platform/config';
import { z } from 'zod';
import type { DemoInstitution } from './institutions.js';

const personSchema = z.object({
  tenant: z.string(),
  username: z.string(),
  name: z.string(),
  password: z.string().min(1),
  roles: z.array(roleSchema),
});
export type DemoPerson = z.infer<typeof personSchema>;

/** 12 bytes are 16 characters: short enough to type, too many to guess. */
const passwordBytes = 12;

/**
 * The demo people with their passwords: those of an earlier run, or new ones. Only the file's owner can read it, and it is
 * there in whole or not at all.
 */
export async function ensurePeopleFile(file: string, institutions: readonly DemoInstitution[]): Promise<DemoPerson[]> {
  const earlier = await readPeople(file);
  if (earlier) return earlier;
  const people = institutions.flatMap(({ slug, people: members }) =>
    members.map(({ username, name, roles }): DemoPerson => ({
      tenant: slug,
      username,
      name,
      password: randomBytes(passwordBytes).toString('base64url'),
      roles: [...roles],
    })),
  );
  const draft = `${file}.new`;
  await writeFile(draft, `${JSON.stringify(people, null, 2)}\n`, { mode: 0o600 });
  await rename(draft, file);
  return people;
}

async function readPeople(file: string): Promise<DemoPerson[] | null> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
  const parsed = z.array(personSchema).safeParse(JSON.parse(text));
  if (!parsed.success) throw new Error(`${file} is not a list of demo people; remove it to get a new one`);
  return parsed.data;
}

/** A person whose first password lies in a file that only its owner can read. */
export function readNewPerson(input: {
  username: string;
  name: string;
  email: string;
  roles: readonly Role[];
  passwordFile: string;
}) {
  const { passwordFile, ...person } = input;
  return { ...person, password: readSecret(passwordFile) };
}
