import type { ReplaySegment, ReplayTrack } from '@lyceum/contracts';
import { MonitorUp } from 'lucide-react';
import { createContext, use, useEffect, useRef } from 'react';
import type { Conductor } from './conductor.js';
import { NameTag } from '../../shared/ui/Tile.js';
import tile from '../../shared/ui/Tile.module.css';
import styles from './Replay.module.css';

export const ConductorContext = createContext<Conductor | null>(null);

/** Bytes are asked for this long before they play. */
export const AHEAD_MS = 4_000;

interface PartProps {
  track: ReplayTrack;
  segment: ReplaySegment;
}

function usePart<E extends HTMLMediaElement>(segment: ReplaySegment) {
  const ref = useRef<E>(null);
  const conductor = use(ConductorContext);
  const { startMs, durationMs } = segment;
  useEffect(() => {
    const element = ref.current;
    if (element && conductor) return conductor.add({ element, startMs, durationMs });
  }, [conductor, startMs, durationMs]);
  return ref;
}

/**
 * A stretch of picture. Until its time comes it stands ready, unseen. With `sheetOf` it is a shared screen: a whole sheet of
 * paper with those words in its corner.
 */
export function VideoPart({ track, segment, shown, sheetOf }: PartProps & { shown: boolean; sheetOf?: string }) {
  const ref = usePart<HTMLVideoElement>(segment);
  const ratio = segment.width && segment.height ? segment.width / segment.height : 16 / 9;
  const visibility = shown ? 'visible' : 'hidden';
  const video = (
    <video
      ref={ref}
      src={segment.url}
      muted
      playsInline
      preload="auto"
      disablePictureInPicture
      className={styles.video}
      style={{ visibility }}
      data-track-id={track.trackId}
      data-participant-id={track.participantId}
      data-source={track.source}
      data-segment-id={segment.id}
    />
  );
  if (sheetOf === undefined) return video;
  const width = `min(100cqw, ${(ratio * 100).toFixed(3)}cqh)`;
  return (
    <div className={`${tile.paper} ${styles.sheet}`} style={{ visibility, aspectRatio: ratio, width }}>
      {video}
      <NameTag icon={MonitorUp} name={sheetOf} />
    </div>
  );
}

/** A stretch of sound. */
export function AudioPart({ track, segment, muted }: PartProps & { muted: boolean }) {
  const ref = usePart<HTMLAudioElement>(segment);
  return (
    <audio
      ref={ref}
      src={segment.url}
      muted={muted}
      preload="auto"
      data-track-id={track.trackId}
      data-participant-id={track.participantId}
      data-source={track.source}
      data-segment-id={segment.id}
    />
  );
}
