/** Goertzel's magnitude (0…1) of `frequency` Hz in a window of samples at `rate` Hz. */
export function toneLevel(samples: Float32Array, frequency: number, rate: number): number {
  const k = 2 * Math.cos((2 * Math.PI * frequency) / rate);
  let [a, b] = [0, 0];
  for (const sample of samples) [a, b] = [sample + k * a - b, a];
  return (2 * Math.sqrt(Math.max(0, a * a + b * b - k * a * b))) / samples.length;
}

/** Times (ms from the first sample) at which pulses of `frequency` begin: loud after at least 300 ms of quiet. */
export function pulseStarts(samples: Float32Array, frequency: number, rate: number): number[] {
  const [size, step] = [512, 96];
  const starts: number[] = [];
  let lastLoud = -Infinity;
  for (let from = 0; from + size <= samples.length; from += step) {
    if (toneLevel(samples.subarray(from, from + size), frequency, rate) < 0.02) continue;
    // The level crosses the threshold once a little of the window's end is tone, so its end is the moment of hearing.
    const at = ((from + size) / rate) * 1000;
    if (at - lastLoud > 300) starts.push(at);
    lastLoud = at;
  }
  return starts;
}
