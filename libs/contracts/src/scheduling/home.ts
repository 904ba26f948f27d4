import { z } from 'zod';
import { courseSummarySchema } from './course.js';
import { sessionCardSchema } from './session.js';

/** `GET home`: what is next, what comes after, and what was missed. */
export const homeSchema = z
  .object({
    /** The server's clock, so that "in 12 minutes" doesn't hang on the reader's. */
    now: z.iso.datetime(),
    /** Live now, or the next planned one. */
    next: sessionCardSchema.nullable(),
    /** After `next`, by time; at most 10 within two weeks. */
    comingUp: z.array(sessionCardSchema),
    /** Ended, with a replay, and the reader wasn't there; newest first, at most 10 of the last month. */
    missed: z.array(sessionCardSchema),
    /** The reader's last ended session, whether they attended or not. */
    last: sessionCardSchema.nullable(),
    courses: z.array(courseSummarySchema),
  })
  .meta({ id: 'Home' });
export type Home = z.infer<typeof homeSchema>;
