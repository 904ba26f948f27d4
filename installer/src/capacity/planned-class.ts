/** What the capacity model has to know of a class. */
export interface ClassShape {
  /** People in it, the teacher included. */
  readonly seats: number;
  /** Cameras that are on at once. */
  readonly cameras: number;
  /** Screens that are shared at once. */
  readonly screens: number;
  readonly recorded: boolean;
}

/** A class of a timetable. Times are milliseconds of the timetable's own clock: its zone does not matter to sums. */
export interface PlannedClass extends ClassShape {
  readonly start: number;
  readonly end: number;
}

/** `2026-12-01 09:00`. */
export const clock = (at: number): string => new Date(at).toISOString().slice(0, 16).replace('T', ' ');
