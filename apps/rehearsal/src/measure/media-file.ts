import { spawn } from 'node:child_process';
import { BAND_HEIGHT, BITS, HEIGHT, LOOP_FRAMES, readCode, toneOf } from '../fixtures/pattern.js';
import type { FrameSample, Pulse } from '../robot/probe.js';
import { pulseStarts } from './tone.js';

function collect(command: string, args: readonly string[]): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    const [out, err]: [Buffer[], Buffer[]] = [[], []];
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
    child.on('error', reject);
    child.on('close', (code) =>
      code === 0
        ? resolve(Buffer.concat(out))
        : reject(new Error(`${command}: ${Buffer.concat(err).toString().trim()}`)),
    );
  });
}

/** Coded pictures of a video file; `at` is ms from the file's start. Judged by ffmpeg, which shares no code with us. */
export async function picturesIn(file: string): Promise<FrameSample[]> {
  const quiet = ['-hide_banner', '-loglevel', 'error'];
  const times = await collect('ffprobe', [
    ...quiet,
    ...['-select_streams', 'v:0', '-show_entries', 'frame=pts_time', '-of', 'csv=p=0', file],
  ]);
  const width = BITS * 4;
  const filter = `crop=iw:ih*${BAND_HEIGHT}/${HEIGHT}:0:0,scale=${width}:4:flags=area,format=gray`;
  const pixels = await collect('ffmpeg', [
    ...quiet,
    '-i',
    file,
    '-vf',
    filter,
    '-fps_mode',
    'passthrough',
    '-f',
    'rawvideo',
    '-',
  ]);
  const stamps = times.toString().split('\n').map(parseFloat).filter(Number.isFinite);
  return stamps.flatMap((seconds, index) => {
    const row = pixels.subarray(index * width * 4 + width * 2);
    let code = 0;
    for (let bit = 0; bit < BITS; bit++) if ((row[bit * 4 + 2] ?? 0) > 127) code |= 1 << bit;
    const { person, frame } = readCode(code);
    return frame < LOOP_FRAMES ? [{ at: seconds * 1000, person, frame }] : [];
  });
}

/** Starts of `person`'s tone pulses in a sound file, ms from the file's start. */
export async function pulsesIn(file: string, person: number): Promise<Pulse[]> {
  const rate = 48_000;
  const filter = 'aresample=async=1:first_pts=0';
  const raw = await collect('ffmpeg', [
    ...['-hide_banner', '-loglevel', 'error', '-i', file, '-af', filter],
    ...['-ac', '1', '-ar', String(rate), '-f', 'f32le', '-'],
  ]);
  const samples = new Float32Array(raw.buffer.slice(raw.byteOffset, raw.byteOffset + (raw.length & ~3)));
  return pulseStarts(samples, toneOf(person), rate).map((at) => ({ at, person }));
}
