import { useEffect, useState } from 'react';
import { measureLevel } from './engine/levelMeter.js';

/** Loudness of a microphone's track, 0 to 1; 0 without one. */
export function useLevel(track: MediaStreamTrack | undefined): number {
  const [level, setLevel] = useState(0);
  useEffect(() => {
    if (!track || track.readyState === 'ended') return;
    // In tenths: a meter that stands still is not drawn again.
    const end = measureLevel(track, (loudness) => setLevel(Math.round(loudness * 10) / 10));
    return () => {
      end();
      setLevel(0);
    };
  }, [track]);
  return level;
}
