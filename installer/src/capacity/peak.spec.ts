import { describe, expect, it } from 'vitest';
import { coefficientsFrom } from './coefficients.ts';
import { demandKeys, demandOf, nobody } from './demand.ts';
import { measured } from './measured.ts';
import { highest, largestRush, peakOf, recordedGbPerWeek } from './peak.ts';
import type { PlannedClass } from './planned-class.ts';
import { portalSources } from './traffic.ts';

const model = { coefficients: coefficientsFrom(measured), sources: portalSources(720) };
const hour = 3_600_000;
const one = (start: number, end: number, shape: Partial<PlannedClass> = {}): PlannedClass => ({
  start: start * hour,
  end: end * hour,
  seats: 30,
  cameras: 6,
  screens: 0,
  recorded: false,
  ...shape,
});

describe('OP-11 the peak of a timetable', () => {
  it('OP-11 a class that ends at ten is not there with one that begins at ten', () => {
    const { demand, at } = peakOf([one(9, 10), one(10, 11), one(10, 12)], model);
    expect(demand.classes).toBe(2);
    expect(at.classes).toBe(10 * hour);
  });

  it('OP-11 each thing has a peak of its own', () => {
    const { demand, at } = peakOf([one(9, 10, { seats: 400, cameras: 1 }), one(11, 12), one(11, 12)], model);
    expect(demand).toMatchObject({ classes: 2, seats: 400 });
    expect(at).toMatchObject({ classes: 11 * hour, seats: 9 * hour });
  });

  it('OP-11 finds what looking at every moment finds', () => {
    let seed = 7;
    const random = (below: number): number => (seed = (seed * 1103515245 + 12345) % 2 ** 31) % below;
    const spans = Array.from({ length: 200 }, () => {
      const start = random(50);
      return { start, end: start + 1 + random(6), demand: { ...nobody, classes: 1, mediaCores: random(100) / 37 } };
    });
    const { demand } = highest(spans);
    for (const key of demandKeys) {
      const sums = Array.from({ length: 60 }, (_, moment) =>
        spans
          .filter(({ start, end }) => start <= moment && moment < end)
          .reduce((sum, span) => sum + span.demand[key], 0),
      );
      expect(demand[key]).toBeCloseTo(Math.max(...sums), 6);
    }
  });

  it('OP-11 names the moment at which most people come at once', () => {
    expect(largestRush([one(9, 10), one(9, 12), one(10, 11, { seats: 50 })])).toEqual({ seats: 60, at: 9 * hour });
  });

  it('OP-11 adds the recordings of a week up, and spreads longer timetables over their weeks', () => {
    const recorded = { recorded: true };
    const perHour = (demandOf(one(0, 1, recorded), model).recordedMbit * 3600) / 8 / 1000;
    expect(recordedGbPerWeek([one(0, 2, recorded), one(30, 31, recorded), one(30, 31)], model)).toBeCloseTo(
      3 * perHour,
    );
    const fourWeeks = [0, 1, 2, 3].map((week) => one(week * 168, week * 168 + 2, recorded));
    expect(recordedGbPerWeek([...fourWeeks, one(671, 672)], model)).toBeCloseTo(2 * perHour);
  });
});
