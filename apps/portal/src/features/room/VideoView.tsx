import { useEffect, useLayoutEffect, useRef } from 'react';
import type { RoomActions, Track } from './model.js';
import { hold, letGo } from './pictures.js';
import styles from './Tile.module.css';

/**
 * One picture. Tells the call how large it is drawn and whether anyone can see it, so that nothing is sent for a tile that
 * is scrolled away. Fills its place.
 */
export function VideoView({
  track,
  watch,
  mirrored = false,
  onRatio,
}: {
  track: Track;
  watch: RoomActions['watch'];
  mirrored?: boolean;
  /** Told the picture's width over its height whenever that changes; then all of it is shown. */
  onRatio?: (ratio: number) => void;
}) {
  const place = useRef<HTMLDivElement>(null);
  const { track: media, trackId, participantId, source, isLocal } = track;

  // Before the page is painted: a picture that moves from tile to tile must not blink.
  useLayoutEffect(() => {
    const element = hold(media);
    element.className = `${styles.video} ${mirrored ? styles.mirrored : ''}`;
    Object.assign(element.dataset, { trackId, participantId, source, ...(isLocal ? { local: '' } : {}) });
    const tell = () => {
      if (element.videoWidth > 0 && element.videoHeight > 0) onRatio?.(element.videoWidth / element.videoHeight);
    };
    tell();
    element.addEventListener('resize', tell);
    place.current?.append(element);
    return () => {
      element.removeEventListener('resize', tell);
      element.remove();
      letGo(media);
    };
  }, [media, mirrored, trackId, participantId, source, isLocal, onRatio]);

  useEffect(() => {
    const element = place.current;
    if (!element || isLocal) return;
    let visible = true;
    const tell = () => {
      const scale = globalThis.devicePixelRatio || 1;
      watch(trackId, {
        width: Math.round(element.clientWidth * scale),
        height: Math.round(element.clientHeight * scale),
        visible,
      });
    };
    const sizes = new ResizeObserver(tell);
    const sight = new IntersectionObserver(([entry]) => {
      visible = entry?.isIntersecting ?? true;
      tell();
    });
    sizes.observe(element);
    sight.observe(element);
    return () => {
      sizes.disconnect();
      sight.disconnect();
      watch(trackId, { width: 0, height: 0, visible: false });
    };
  }, [trackId, isLocal, watch]);

  return <div ref={place} className={styles.picture} />;
}
