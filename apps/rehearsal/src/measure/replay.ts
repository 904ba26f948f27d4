import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Replay } from '@lyceum/contracts';
import type { Person } from '../robot/person.js';
import type { FrameSample, Pulse } from '../robot/probe.js';
import { picturesIn, pulsesIn } from './media-file.js';

/** Coded pictures and tone pulses of every recorded track; `at` is epoch ms, so it compares with what people saw live. */
export interface RecordedSamples {
  readonly frames: readonly FrameSample[];
  readonly pulses: readonly Pulse[];
}

/** Downloads every microphone and camera segment as `viewer` and lets ffmpeg decode them. `indexOf`: participant → robot. */
export async function recordedSamples(
  viewer: Person,
  replay: Replay,
  indexOf: (participantId: string) => number | undefined,
): Promise<RecordedSamples> {
  const directory = mkdtempSync(join(tmpdir(), 'lyceum-replay-'));
  const frames: FrameSample[] = [];
  const pulses: Pulse[] = [];
  try {
    for (const track of replay.tracks) {
      const person = indexOf(track.participantId);
      if (person === undefined || (track.source !== 'mic' && track.source !== 'camera')) continue;
      for (const segment of track.segments) {
        const file = join(directory, `${segment.id}.webm`);
        writeFileSync(file, await viewer.download(segment.url));
        const shift = replay.openedAt + segment.startMs;
        const found = track.kind === 'video' ? await picturesIn(file) : await pulsesIn(file, person);
        const moved = found.map((sample) => ({ ...sample, at: sample.at + shift }));
        if (track.kind === 'video') frames.push(...(moved as FrameSample[]));
        else pulses.push(...moved);
      }
    }
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
  return { frames, pulses };
}
