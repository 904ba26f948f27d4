import type { Home } from '@lyceum/contracts';
import type { RequestContext } from '@lyceum/platform/context';
import { Injectable } from '@nestjs/common';
import { readerOf } from '../access/reader.js';
import { toCourseSummary } from '../persistence/course.mapper.js';
import { selectCourses } from '../persistence/course.queries.js';
import { toSessionCard } from '../persistence/session.mapper.js';
import { selectAhead, selectBehind } from '../persistence/session.queries.js';
import { Replays } from './replays.js';

const DAY_MS = 86_400_000;
/** How far a page that is looked at several times a day needs to reach. */
const AHEAD_DAYS = 14;
const BEHIND_DAYS = 31;
const LIST_LENGTH = 10;
/** Sessions looked through for missed ones: a month of several courses. */
const BEHIND_LENGTH = 60;

/** What a person needs to see first. Their own courses only, also for those who run the institution. */
@Injectable()
export class HomePages {
  constructor(private readonly replays: Replays) {}

  async of(ctx: RequestContext): Promise<Home> {
    const now = new Date();
    const reader = { ...readerOf(ctx), all: false };
    const shift = (days: number) => new Date(now.getTime() + days * DAY_MS);
    const ahead = await selectAhead(ctx.manager, reader, shift(AHEAD_DAYS), LIST_LENGTH + 1);
    const behind = await selectBehind(ctx.manager, reader, shift(-BEHIND_DAYS), BEHIND_LENGTH);
    const replays = await this.replays.statesOf(ctx, behind);
    const attended = await this.replays.attendedBy(ctx, reader.personId, behind);
    const missed = behind.filter((row) => replays.has(row.id) && !attended.has(row.id)).slice(0, LIST_LENGTH);
    const [next = null, ...later] = ahead.map((row) => toSessionCard(row, replays));
    const [last] = behind;
    return {
      now: now.toISOString(),
      next,
      comingUp: later,
      missed: missed.map((row) => toSessionCard(row, replays)),
      last: last ? toSessionCard(last, replays) : null,
      courses: (await selectCourses(ctx.manager, reader)).map(toCourseSummary),
    };
  }
}
