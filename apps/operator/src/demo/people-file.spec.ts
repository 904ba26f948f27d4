import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { demoInstitutions } from './institutions.js';
import { ensurePeopleFile } from './people-file.js';

describe('OP-01 the file of the demo people', () => {
  let folder: string;
  let file: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lyceum-people-'));
    file = join(folder, 'people.json');
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('gets everyone with a password of their own, for its owner only', async () => {
    const people = await ensurePeopleFile(file, demoInstitutions);
    expect(people.map(({ tenant, username }) => `${tenant}/${username}`)).toContain('southgate/ines');
    expect(new Set(people.map((person) => person.password)).size).toBe(people.length);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual(people);
  });

  it('keeps the passwords of an earlier run', async () => {
    expect(await ensurePeopleFile(file, demoInstitutions)).toEqual(await ensurePeopleFile(file, demoInstitutions));
  });

  it('says so when it is something else', async () => {
    await writeFile(file, '{"people":[]}');
    await expect(ensurePeopleFile(file, demoInstitutions)).rejects.toThrow('is not a list of demo people');
  });

  it('every course is taught and attended by people of its institution', () => {
    for (const { people, course } of demoInstitutions) {
      const known = people.map((person) => person.username);
      expect(course.people.filter(({ username }) => !known.includes(username))).toEqual([]);
      expect(course.people.map(({ role }) => role)).toContain('instructor');
    }
  });
});
