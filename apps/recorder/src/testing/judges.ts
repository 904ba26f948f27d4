import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Programs that share no code with us: ffmpeg's decoders, ffprobe, and Janus's post-processor. Times are seconds. */
const BUFFER = { maxBuffer: 512 * 1024 * 1024 };

/** Runs `fn` with the bytes as a file of this name. */
export function withFile<T>(name: string, bytes: Buffer, fn: (path: string, directory: string) => T): T {
  const directory = mkdtempSync(join(tmpdir(), 'lyceum-judge-'));
  try {
    const path = join(directory, name);
    writeFileSync(path, bytes);
    return fn(path, directory);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

export interface Probe {
  readonly codec: string;
  readonly duration: number;
  readonly width: number | null;
  readonly height: number | null;
}

export function probe(path: string): Probe {
  const args = ['-v', 'error', '-of', 'json', '-show_entries', 'stream=codec_name,width,height:format=duration', path];
  const { streams, format } = JSON.parse(execFileSync('ffprobe', args).toString()) as {
    streams: { codec_name: string; width?: number; height?: number }[];
    format: { duration?: string };
  };
  const [stream] = streams;
  const [width, height] = [stream?.width ?? null, stream?.height ?? null];
  return { codec: stream?.codec_name ?? '', duration: Number(format.duration), width, height };
}

/** Seconds at which frames that decode are shown. */
export function frameTimes(path: string): number[] {
  return luma(path).map((frame) => frame.time);
}

/** Moments at which the picture turns from dark to bright. */
export function flashes(path: string): number[] {
  return luma(path).flatMap((frame, i, all) => (frame.mean > 128 && (all[i - 1]?.mean ?? 0) <= 128 ? frame.time : []));
}

function luma(path: string): { time: number; mean: number }[] {
  const filter = 'signalstats,metadata=print:key=lavfi.signalstats.YAVG:file=-';
  const args = ['-v', 'error', '-i', path, '-vf', filter, '-vsync', 'passthrough', '-f', 'null', '-'];
  const text = execFileSync('ffmpeg', args, BUFFER).toString();
  return [...text.matchAll(/pts_time:([\d.]+)\s+lavfi\.signalstats\.YAVG=([\d.]+)/g)].map((match) => ({
    time: Number(match[1]),
    mean: Number(match[2]),
  }));
}

/** Moments at which sound sets in after silence; samples are counted as a player does, time stamps are not looked at. */
export function onsets(path: string): number[] {
  const args = ['-v', 'error', '-i', path, '-f', 's16le', '-ac', '1', '-ar', '48000', '-'];
  const pcm = execFileSync('ffmpeg', args, BUFFER);
  const found: number[] = [];
  let quietSince = -48_000;
  for (let i = 0; i < pcm.length / 2; i++) {
    if (Math.abs(pcm.readInt16LE(i * 2)) < 4000) continue;
    if (i - quietSince > 24_000) found.push(i / 48_000);
    quietSince = i;
  }
  return found;
}

/** What janus-pp-rec makes of an `.mjr` file. */
export function janus(mjr: Buffer, extension: 'opus' | 'webm'): Probe {
  return withFile('track.mjr', mjr, (path, directory) => {
    const out = join(directory, `track.${extension}`);
    execFileSync('janus-pp-rec', [path, out], { ...BUFFER, stdio: ['ignore', 'pipe', 'pipe'] });
    return probe(out);
  });
}
