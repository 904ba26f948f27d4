import type { RemoteView } from '@lyceum/sdk/media';
import { useEffect } from 'react';
import { hold, letGo } from './pictures.js';

/** Of a large room the first pictures are enough: the others come while these are already seen. */
const AHEAD = 4;

/** Begins with the pictures that the room will show while the reader still looks at the device check; nothing comes in them yet. */
export function usePicturesAhead(own: MediaStreamTrack | null, remote: readonly RemoteView[]): void {
  useEffect(() => {
    const others = remote.filter(({ kind, paused }) => kind === 'video' && !paused).slice(0, AHEAD);
    const tracks = [own, ...others.map(({ media }) => media)].filter((track) => track !== null);
    tracks.forEach(hold);
    return () => tracks.forEach(letGo);
  }, [own, remote]);
}
