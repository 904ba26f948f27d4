import type { QueryRunner } from 'typeorm';
import { foundation } from './0001-foundation.js';
import { audit } from './0002-audit.js';
import { jobs } from './0003-jobs.js';
import { people } from './0010-people.js';
import { courses } from './0011-courses.js';
import { rooms } from './0020-rooms.js';
import { wantedVersion } from './0021-wanted-version.js';
import { roomMedia } from './0022-room-media.js';
import { roomBranches } from './0023-room-branches.js';
import { keys } from './0030-keys.js';
import { recordings } from './0040-recordings.js';

export interface Migration {
  /** The file's number; migrations run in its order, and one that ran is frozen. */
  number: number;
  name: string;
  /**
   * Plain SQL, in a transaction of its own, as lyceum_owner. A backfill of tenant tables starts with `reset role`: only
   * lyceum_migrator itself is above row level security.
   */
  up: (query: QueryRunner) => Promise<void>;
}

/** Number ranges: platform 1-9, identity 10-19, scheduling and classroom 20-29, keys 30-39, recording 40-49. */
export const migrations: readonly Migration[] = [
  { number: 1, name: 'foundation', up: foundation },
  { number: 2, name: 'audit', up: audit },
  { number: 3, name: 'jobs', up: jobs },
  { number: 10, name: 'people', up: people },
  { number: 11, name: 'courses', up: courses },
  { number: 20, name: 'rooms', up: rooms },
  { number: 21, name: 'wanted-version', up: wantedVersion },
  { number: 22, name: 'room-media', up: roomMedia },
  { number: 23, name: 'room-branches', up: roomBranches },
  { number: 30, name: 'keys', up: keys },
  { number: 40, name: 'recordings', up: recordings },
];
