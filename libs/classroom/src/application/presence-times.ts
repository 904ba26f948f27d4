/** How often each process notes which seats have a socket, in one statement for all of them. */
export const SEEN_EVERY_MS = 5_000;

/** A seat that nobody has seen for this long is lost: four notes missed, and far more than a reconnect takes. */
export const LOST_AFTER_MS = 20_000;

/** Someone at the device check counts as there for this long after they were last seen. */
export const PREPARING_MS = 30_000;

/** An open room without anyone in it ends by itself after an hour: long enough for a break, or for a mistaken leave. */
export const ABANDONED_AFTER_MS = 60 * 60_000;

/** How often each process looks for lost seats and abandoned rooms. */
export const SWEEP_EVERY_MS = 10_000;
