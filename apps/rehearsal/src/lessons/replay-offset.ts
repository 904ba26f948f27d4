import type { Replay } from '@lyceum/contracts';
import { PULSE_EVERY_MS } from '../fixtures/pattern.js';
import { soundAfterPicture, within } from '../measure/offset.js';
import { recordedSamples } from '../measure/replay.js';
import { wrap } from '../measure/statistics.js';
import type { Person } from '../robot/person.js';
import type { ProbeReadings } from '../robot/probe.js';

export interface Cast {
  readonly teacher: Person;
  readonly students: readonly [Person, Person];
  /** Misses the class and watches the replay. */
  readonly absent: Person;
}

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

/** Replay offset minus live offset, per stretch, for the teacher as Maya received them and Maya as the teacher did. */
export async function offsetsAgainstLive(
  cast: Cast,
  replay: Replay,
  stretches: readonly Stretch[],
  readings: ReadonlyMap<Person, ProbeReadings>,
): Promise<StretchOffset[]> {
  const { teacher, absent } = cast;
  const [maya] = cast.students;
  const names = new Map([teacher, ...cast.students].map((person) => [person.credentials.name, person.index]));
  const recorded = await recordedSamples(absent, replay, (id) => names.get(replay.references.people[id]?.name ?? ''));
  return stretches.flatMap(({ label, from, to }) =>
    [
      { sender: teacher, receiver: maya },
      { sender: maya, receiver: teacher },
    ].map(({ sender, receiver }) => {
      const mine = <T extends { at: number; person: number }>(samples: readonly T[]) =>
        within(samples, from, to).filter(({ person }) => person === sender.index);
      const { videos = [], pulses = [] } = readings.get(receiver) ?? {};
      const seen = mine(videos.filter(({ source }) => source === 'camera').flatMap(({ samples }) => samples));
      const heard = mine(pulses);
      const shown = mine(recorded.frames);
      const played = mine(recorded.pulses);
      const ms = wrap(
        soundAfterPicture(shown, played, sender.index) - soundAfterPicture(seen, heard, sender.index),
        PULSE_EVERY_MS,
      );
      const held = {
        'seen live': seen,
        'heard live': heard,
        'shown in the replay': shown,
        'played in the replay': played,
      };
      const lacks = Object.entries(held).flatMap(([what, samples]) => (samples.length ? [] : [what]));
      return { label: `${label}, ${sender.credentials.name}`, ms, lacks };
    }),
  );
}
