import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PathPulse } from './path-pulse.js';

describe('a path that is heard three times a second', () => {
  let said: string[];
  /** Ms since the last packet, whatever it was. */
  let packet: number | null;
  let pulse: PathPulse;

  beforeEach(() => {
    vi.useFakeTimers();
    said = [];
    packet = 2_000;
    pulse = new PathPulse({
      sinceLastPacket: () => Promise.resolve(packet),
      silent: () => said.push('silent'),
      back: () => said.push('back'),
    });
  });
  afterEach(() => {
    pulse.stop();
    vi.useRealTimers();
  });

  const hear = async (ms: number) => {
    for (let at = 0; at < ms; at += 300) {
      pulse.heard();
      await vi.advanceTimersByTimeAsync(300);
    }
  };

  it('OP-11 is called dead about a second after the last sound, once', async () => {
    await hear(3_000);
    expect(said).toEqual(['back']);
    await vi.advanceTimersByTimeAsync(600);
    expect(said).toEqual(['back']);
    await vi.advanceTimersByTimeAsync(300);
    expect(said).toEqual(['back', 'silent']);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(said).toEqual(['back', 'silent']);
  });

  it('OP-11 is back with the first sound, and can die again', async () => {
    await hear(300);
    await vi.advanceTimersByTimeAsync(2_000);
    await hear(600);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(said).toEqual(['back', 'silent', 'back', 'silent']);
  });

  it('AV-07 is not dead while packets of any kind come', async () => {
    await hear(300);
    packet = 50;
    await vi.advanceTimersByTimeAsync(10_000);
    expect(said).toEqual(['back']);
    packet = 1_050;
    await vi.advanceTimersByTimeAsync(1_000);
    expect(said).toEqual(['back', 'silent']);
  });

  it('OP-11 is dead when the browser does not tell', async () => {
    packet = null;
    await hear(300);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(said).toEqual(['back', 'silent']);
  });

  it('OP-11 says nothing once it was stopped, not even of a look that had begun', async () => {
    let answer = (_since: number | null): void => undefined;
    const said: string[] = [];
    const stopped = new PathPulse({
      sinceLastPacket: () => new Promise((resolve) => (answer = resolve)),
      silent: () => said.push('silent'),
      back: () => said.push('back'),
    });
    stopped.heard();
    await vi.advanceTimersByTimeAsync(1_500);
    stopped.stop();
    answer(2_000);
    await vi.advanceTimersByTimeAsync(1_500);
    expect(said).toEqual(['back']);
  });

  it('OP-11 claims nothing before it was heard', async () => {
    await vi.advanceTimersByTimeAsync(10_000);
    expect(said).toEqual([]);
  });
});
