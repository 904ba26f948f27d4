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

/** Replay offset minus live offset, per stretch, for the teacher as Maya received them and Maya as the teacher did. */
export async function offsetsAgainstLive(
  cast: Cast,
  replay: Replay,
  stretches: readonly Stretch[],
  readings: ReadonlyMap<Person, ProbeReadings>,
): Promise<{ label: string; ms: number }[]> {
  const [maya] = cast.students;
  const names = new Map([cast.teacher, ...cast.students].map((person) => [person.credentials.name, person.index]));
  const recorded = await recordedSamples(cast.absent, replay, (id) =>
    names.get(replay.references.people[id]?.name ?? ''),
  );
  return stretches.flatMap(({ label, from, to }) =>
    [
      { sender: cast.teacher, receiver: maya },
      { sender: maya, receiver: cast.teacher },
    ].map(({ sender, receiver }) => {
      const live = readings.get(receiver);
      const frames = (live?.videos ?? []).filter(({ source }) => source === 'camera').flatMap(({ samples }) => samples);
      const offset = (pictures: typeof frames, pulses: ProbeReadings['pulses']) =>
        soundAfterPicture(within(pictures, from, to), within(pulses, from, to), sender.index);
      const ms = wrap(
        offset([...recorded.frames], recorded.pulses) - offset(frames, live?.pulses ?? []),
        PULSE_EVERY_MS,
      );
      return { label: `${label}, ${sender.credentials.name}`, ms };
    }),
  );
}
