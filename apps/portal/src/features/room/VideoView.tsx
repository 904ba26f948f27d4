import { useEffect, useRef } from 'react';
import type { RoomActions, Track } from './model.js';
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
  const ref = useRef<HTMLVideoElement>(null);
  const { trackId, isLocal } = track;

  useEffect(() => {
    const element = ref.current;
    if (!element) return;
    element.srcObject = new MediaStream([track.track]);
    // Muted video may always play; a rejection only means that the element went away meanwhile.
    element.play().catch(() => undefined);
    return () => {
      element.srcObject = null;
    };
  }, [track.track]);

  useEffect(() => {
    const element = ref.current;
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

  return (
    <video
      ref={ref}
      autoPlay
      muted
      playsInline
      disablePictureInPicture
      className={`${styles.video} ${mirrored ? styles.mirrored : ''}`}
      onResize={({ currentTarget: { videoWidth, videoHeight } }) => {
        if (videoWidth > 0 && videoHeight > 0) onRatio?.(videoWidth / videoHeight);
      }}
      data-track-id={track.trackId}
      data-participant-id={track.participantId}
      data-source={track.source}
      {...(isLocal ? { 'data-local': '' } : {})}
    />
  );
}
