import { median } from '../measure/statistics.js';
import type { ReportBuilder } from '../report.js';
import type { Person } from '../robot/person.js';
import type { ProbeReadings } from '../robot/probe.js';

/** Everyone must have seen and heard everyone else. Reports `fps_min` and `voices_heard`. */
export function judgeSeenAndHeard(
  people: readonly Person[],
  readings: ReadonlyMap<Person, ProbeReadings>,
  report: ReportBuilder,
): void {
  const rates: number[] = [];
  let heard = 0;
  for (const viewer of people) {
    const seen = readings.get(viewer);
    for (const other of people.filter((person) => person !== viewer)) {
      const cameras = (seen?.videos ?? []).filter(
        ({ source, samples }) => source === 'camera' && samples.at(-1)?.person === other.index,
      );
      const seconds = cameras.flatMap(({ perSecond }) => perSecond.slice(1));
      rates.push(cameras.length ? median(seconds) : 0);
      report.expect(cameras.length > 0, `${viewer.credentials.name} did not see ${other.credentials.name}`);
      const pulses = (seen?.pulses ?? []).filter(({ person }) => person === other.index).length;
      if (pulses >= 5) heard++;
      else report.expect(false, `${viewer.credentials.name} heard ${other.credentials.name} ${pulses} times`);
    }
  }
  report.metric('fps_min', Math.min(...rates));
  report.metric('voices_heard', heard);
}
