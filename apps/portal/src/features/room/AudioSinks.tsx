import { useEffect, useRef } from 'react';
import type { Track } from './model.js';

/** Plays what the others say. One element per voice, so that each can be told apart, and turned to the chosen speaker. */
export function AudioSinks(props: {
  tracks: readonly Track[];
  speakerId: string | null;
  onBlocked: (blocked: boolean) => void;
  attempt: number;
}) {
  const sounds = props.tracks.filter(({ isLocal, track }) => !isLocal && track.kind === 'audio');
  return (
    <div hidden>
      {sounds.map((track) => (
        <Sink key={track.trackId} {...props} track={track} />
      ))}
    </div>
  );
}

function Sink({
  track,
  speakerId,
  onBlocked,
  attempt,
}: {
  track: Track;
  speakerId: string | null;
  onBlocked: (blocked: boolean) => void;
  attempt: number;
}) {
  const ref = useRef<HTMLAudioElement>(null);
  useEffect(() => {
    const element = ref.current;
    if (!element) return;
    element.srcObject = new MediaStream([track.track]);
    return () => {
      element.srcObject = null;
    };
  }, [track.track]);
  useEffect(() => {
    const element = ref.current;
    element?.play().then(
      () => onBlocked(false),
      (error: unknown) => {
        if (error instanceof DOMException && error.name === 'NotAllowedError') onBlocked(true);
      },
    );
  }, [track.track, attempt, onBlocked]);
  useEffect(() => {
    const element = ref.current;
    // Some browsers choose the speaker themselves; then there is nothing to set. The empty id is the system's choice.
    const wanted = speakerId ?? '';
    if (element && 'setSinkId' in element && element.sinkId !== wanted)
      element.setSinkId(wanted).catch(() => undefined);
  }, [speakerId]);
  return (
    <audio
      ref={ref}
      autoPlay
      data-track-id={track.trackId}
      data-participant-id={track.participantId}
      data-source={track.source}
    />
  );
}
