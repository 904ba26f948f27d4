/** Ten times a second: fast enough to see a syllable, slow enough to cost nothing. */
export const PERIOD_MS = 100;

/**
 * A meter plays nothing: large buffers and, where the browser knows it, no output at all spare an audio stream per page.
 * `sinkId` is in the Web Audio API (AudioContextOptions), and not yet in TypeScript's library.
 */
const silent: AudioContextOptions & { sinkId: { type: 'none' } } = {
  latencyHint: 'playback',
  sinkId: { type: 'none' },
};

/** Loudness between 0 and 1 as a meter shows it: speech at an arm's length fills about two thirds. */
export function levelOf(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  const rms = Math.sqrt(sum / Math.max(1, samples.length));
  if (rms === 0) return 0;
  // −60 dBFS is silence in a room, −10 dBFS is a voice close to the microphone.
  return Math.max(0, Math.min(1, (20 * Math.log10(rms) + 60) / 50));
}

/** Calls back with a track's loudness, 0 to 1, every `PERIOD_MS`. The caller keeps the track. @returns the end of it */
export function measureLevel(track: MediaStreamTrack, onLevel: (level: number) => void): () => void {
  const context = new AudioContext(silent);
  const analyser = new AnalyserNode(context, { fftSize: 1024 });
  const source = context.createMediaStreamSource(new MediaStream([track]));
  source.connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(samples);
    onLevel(levelOf(samples));
  }, PERIOD_MS);
  return () => {
    clearInterval(timer);
    source.disconnect();
    void context.close();
  };
}
