import { useSyncExternalStore } from 'react';

/** Spoken at most this often, so that thirty people joining become one sentence and not a flood. */
const PACE_MS = 1_200;
/** More than this many waiting sentences are dropped, oldest first: old news helps nobody. */
const BACKLOG = 3;

let spoken = '';
let queue: string[] = [];
let timer: ReturnType<typeof setTimeout> | undefined;
const listeners = new Set<() => void>();

function speakNext(): void {
  const next = queue.shift();
  timer = next === undefined ? undefined : setTimeout(speakNext, PACE_MS);
  if (next === undefined) return;
  // The same words again are only heard when something about them is new.
  spoken = next === spoken ? `${next}\u00a0` : next;
  for (const listener of listeners) listener();
}

/** Says `sentence` to a screen reader, politely. */
export function announce(sentence: string): void {
  queue = [...queue.filter((waiting) => waiting !== sentence), sentence].slice(-BACKLOG);
  if (timer === undefined) speakNext();
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};

/** Stands once per page, always, since a live region that comes and goes is not heard. */
export function Announcer() {
  const sentence = useSyncExternalStore(subscribe, () => spoken);
  return (
    <div className="sr-only" role="status" aria-live="polite" aria-atomic="true">
      {sentence}
    </div>
  );
}
