import { execFile } from 'node:child_process';
import { existsSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { captureFiles } from '../fixtures/capture-files.js';
import type { Clip } from './wire.js';

const run = promisify(execFile);

/** Seconds between two key frames: nobody who asks for a picture waits longer. */
const KEY_FRAME_EVERY = 2;
const FRAMES_PER_SECOND = 20;
const VOICE_KBPS = 32;

/** The first person's picture and voice, encoded at a constant rate as a camera and a microphone would send them. */
export async function encodedClip(captureDir: string, videoKbps: number): Promise<Clip> {
  const { video, audio } = await captureFiles(captureDir, 0);
  const clip = { video: join(captureDir, `teacher-${videoKbps}.ivf`), audio: join(captureDir, 'teacher.ogg') };
  // The pattern alone compresses too well to fill the rate; a camera's noise does not.
  const noise = ['-vf', 'noise=alls=24:allf=t'];
  const rate = `${videoKbps}k`;
  await encode(clip.video, [
    ...['-i', video, ...noise, '-c:v', 'libvpx', '-deadline', 'realtime', '-cpu-used', '6'],
    ...['-b:v', rate, '-minrate', rate, '-maxrate', rate, '-g', String(KEY_FRAME_EVERY * FRAMES_PER_SECOND)],
    ...['-f', 'ivf'],
  ]);
  await encode(clip.audio, [
    ...['-i', audio, '-c:a', 'libopus', '-application', 'voip', '-vbr', 'off', '-b:a', `${VOICE_KBPS}k`],
    ...['-frame_duration', '20', '-page_duration', '20000', '-f', 'ogg'],
  ]);
  return clip;
}

async function encode(target: string, args: readonly string[]): Promise<void> {
  if (existsSync(target)) return;
  const partial = `${target}.partial-${process.pid}`;
  await run('ffmpeg', ['-hide_banner', '-loglevel', 'error', '-y', ...args, partial]);
  renameSync(partial, target);
}
