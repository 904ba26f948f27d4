import { type NewSession, newSessionSchema } from '@lyceum/contracts';
import { instantIn } from '../../shared/time/format.js';

/** What stands in the form: the reader's own words for date and time, in the reader's zone. */
export interface SessionDraft {
  title: string;
  date: string;
  start: string;
  end: string;
  recorded: boolean;
}

export type DraftField = 'title' | 'date' | 'start' | 'end';
export type DraftMistake = 'missing' | 'invalid' | 'tooLong' | 'endsBefore' | 'past';
export type DraftMistakes = Partial<Record<DraftField, DraftMistake>>;

const DAY = 86_400_000;
const LONGEST = 200;

function instants(draft: SessionDraft, timeZone: string): { start: Date | null; end: Date | null } {
  return { start: instantIn(timeZone, draft.date, draft.start), end: instantIn(timeZone, draft.date, draft.end) };
}

/** Everything that is wrong with a draft at once; empty when it can be sent. `past` allows a start a minute ago, no earlier. */
export function draftMistakes(draft: SessionDraft, timeZone: string, now: Date): DraftMistakes {
  const mistakes: DraftMistakes = {};
  if (draft.title.trim() === '') mistakes.title = 'missing';
  else if (draft.title.trim().length > LONGEST) mistakes.title = 'tooLong';
  for (const field of ['date', 'start', 'end'] as const) if (draft[field] === '') mistakes[field] = 'missing';
  if (mistakes.date || mistakes.start || mistakes.end) return mistakes;
  const { start, end } = instants(draft, timeZone);
  if (!start) mistakes.date = 'invalid';
  else if (!end) mistakes.end = 'invalid';
  else if (start.getTime() < now.getTime() - 60_000) mistakes.start = 'past';
  else if (end <= start) mistakes.end = 'endsBefore';
  return mistakes;
}

/** The request for a draft without mistakes; null when the contract refuses it after all. */
export function toNewSession(draft: SessionDraft, timeZone: string): NewSession | null {
  const { start, end } = instants(draft, timeZone);
  if (!start || !end || end.getTime() - start.getTime() > DAY) return null;
  const parsed = newSessionSchema.safeParse({
    title: draft.title.trim(),
    startsAt: start.toISOString(),
    endsAt: end.toISOString(),
    timeZone,
    recorded: draft.recorded,
  });
  return parsed.success ? parsed.data : null;
}

/** An empty form at the next full hour of the reader's clock, an hour and a half long. */
export function freshDraft(now: Date): SessionDraft {
  const start = new Date(now);
  start.setHours(now.getHours() + 1, 0, 0, 0);
  const end = new Date(start.getTime() + 90 * 60_000);
  const sameDay = end.getDate() === start.getDate();
  return { title: '', ...wallClock(start), end: sameDay ? wallClock(end).start : '23:59', recorded: true };
}

/** An instant as the form shows it, on the reader's clock. */
export function wallClock(at: Date): { date: string; start: string } {
  const two = (value: number) => String(value).padStart(2, '0');
  return {
    date: `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`,
    start: `${two(at.getHours())}:${two(at.getMinutes())}`,
  };
}
