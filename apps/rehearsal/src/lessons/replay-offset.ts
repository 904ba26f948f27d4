import type { Replay } from '@lyceum/contracts';
import { offsetAgainstLive, within } from '../measure/offset.js';
import { recordedSamples } from '../measure/replay.js';
import type { Person } from '../robot/person.js';
import type { ProbeReadings } from '../robot/probe.js';

/** A stretch of the lesson at whose receivers' and replay's sound offset are compared; epoch ms. */
export interface Stretch {
  readonly label: string;
  readonly from: number;
  readonly to: number;
}

export interface StretchOffset {
  readonly label: string;
  /** Replay offset minus live offset; NaN when something is lacking. */
  readonly ms: number;
  /** What the stretch lacks for a judgement, in words; empty when it lacks nothing. */
  readonly lacks: readonly string[];
}

/** Someone as somebody else received them. */
export interface Received {
  readonly sender: Person;
  readonly receiver: Person;
}

/**
 * Left out before a stretch: a browser brings sound and picture together at 80 ms a second, and before that is done it says
 * nothing about the recording.
 */
export const LIP_SYNC_MS = 10_000;

/** What was recorded around a stretch belongs to it: eyes and ears are later than the recorder. */
const MARGIN_MS = 2000;

/** Replay offset minus live offset, per stretch and receiver. `viewer` may see the replay. */
export async function offsetsAgainstLive(
  viewer: Person,
  replay: Replay,
  received: readonly Received[],
  stretches: readonly Stretch[],
  readings: ReadonlyMap<Person, ProbeReadings>,
): Promise<StretchOffset[]> {
  const indexes = new Map(received.map(({ sender }) => [sender.credentials.name, sender.index]));
  const recorded = await recordedSamples(viewer, replay, (id) => indexes.get(replay.references.people[id]?.name ?? ''));
  return stretches.flatMap(({ label, from, to }) =>
    received.map(({ sender, receiver }) => {
      const of = <T extends { at: number; person: number }>(samples: readonly T[], margin: number) =>
        within(samples, from - margin, to + margin).filter(({ person }) => person === sender.index);
      const { videos = [], pulses = [] } = readings.get(receiver) ?? {};
      const cameras = videos.filter(({ source }) => source === 'camera');
      const live = {
        frames: of(
          cameras.flatMap(({ samples }) => samples),
          0,
        ),
        pulses: of(pulses, 0),
      };
      const replayed = { frames: of(recorded.frames, MARGIN_MS), pulses: of(recorded.pulses, MARGIN_MS) };
      const held = {
        'seen live': live.frames,
        'heard live': live.pulses,
        'shown in the replay': replayed.frames,
        'played in the replay': replayed.pulses,
      };
      const lacks = Object.entries(held).flatMap(([what, samples]) => (samples.length ? [] : [what]));
      const ms = offsetAgainstLive(live, replayed);
      return { label: `${label}, ${sender.credentials.name}`, ms, lacks };
    }),
  );
}
