import { useEffect, useState } from 'react';
import type { ReplayClock } from './clock.js';

/** The clock's position, renewed while it runs; four times a second is what a reader can follow. */
export function usePosition(clock: ReplayClock, everyMs = 250): number {
  const [position, setPosition] = useState(() => clock.position());
  useEffect(() => {
    const look = () => setPosition(clock.position());
    const timer = setInterval(look, everyMs);
    const stop = clock.subscribe(look);
    look();
    return () => {
      clearInterval(timer);
      stop();
    };
  }, [clock, everyMs]);
  return position;
}
