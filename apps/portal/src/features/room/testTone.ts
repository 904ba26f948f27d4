/** Two soft notes through the chosen speaker. */
export function testTone(speakerId: string | null): void {
  const context = new AudioContext();
  if (speakerId && 'setSinkId' in context && typeof context.setSinkId === 'function') {
    void Promise.resolve(context.setSinkId(speakerId)).catch(() => undefined);
  }
  for (const [index, frequency] of [523.25, 659.25].entries()) {
    const start = context.currentTime + index * 0.28;
    const tone = new OscillatorNode(context, { frequency, type: 'sine' });
    const volume = new GainNode(context, { gain: 0 });
    volume.gain.setValueAtTime(0, start);
    volume.gain.linearRampToValueAtTime(0.25, start + 0.03);
    volume.gain.exponentialRampToValueAtTime(0.001, start + 0.5);
    tone.connect(volume).connect(context.destination);
    tone.start(start);
    tone.stop(start + 0.55);
  }
  setTimeout(() => void context.close(), 1_500);
}
