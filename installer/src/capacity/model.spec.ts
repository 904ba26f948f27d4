import { describe, expect, it } from 'vitest';
import { coefficientsFrom } from './coefficients.ts';
import { demandOf } from './demand.ts';
import { measured } from './measured.ts';
import type { Measured } from './measured.ts';
import { picture, portalSources, sound } from './traffic.ts';

const of = (rehearsal: Measured['rehearsal']): Measured[] =>
  measured.filter((report) => report.rehearsal === rehearsal);
/** UDP and IPv4, which rehearsals don't count. */
const outerBytes = 28;

describe('OP-11 the model gives back what was measured', () => {
  // `rehearse lecture`: a picture of 400 kbit/s at 20 frames and a voice of 32 kbit/s, one teacher, `seats` robots.
  it.each(of('lecture'))('OP-11 lecture of $date', (report) => {
    const { metrics } = report;
    const model = {
      coefficients: coefficientsFrom([report]),
      sources: { camera: [picture(400, 20)], screen: picture(1, 1), voice: sound(32) },
    };
    const seats = (metrics['seats'] ?? NaN) + 1;
    const demand = demandOf({ seats, cameras: 1, screens: 0, recorded: false }, model);
    expect(demand.mediaCores / (metrics['media_cores'] ?? NaN)).toBeCloseTo(1, 1);
  });

  // A picture of 2 Mbit/s at 20 frames and a voice to each robot: the cost was computed from consumers per core, and
  // has to agree with what the same run printed per megabit.
  it.each(of('sfu'))('OP-11 forwarding of $date', (report) => {
    const { value } = coefficientsFrom([report]).forwardPacket;
    const [video, voice] = [picture(2000, 20), sound(32)];
    const packets = video.packetsPerSecond + voice.packetsPerSecond;
    const mbit = video.mbitPerSecond + voice.mbitPerSecond - (packets * outerBytes * 8) / 1e6;
    const percent = (100 * (value ?? NaN) * packets) / (mbit / 100);
    expect(Math.abs(percent / (report.metrics['sfu_pct_core_per_100mbps'] ?? NaN) - 1)).toBeLessThan(0.05);
  });

  it.each(of('events'))('OP-11 events of $date: $metrics.api_cores cores of the api', (report) => {
    const model = { coefficients: coefficientsFrom([report]), sources: portalSources(720) };
    // Enough seats for the five events a second of the rehearsal.
    const seats = report.metrics['seats'] ?? NaN;
    const demand = demandOf({ seats, cameras: 0, screens: 0, recorded: false }, model);
    expect(demand.eventsPerSecond).toBe(5);
    expect(demand.apiCores).toBeCloseTo(report.metrics['api_cores'] ?? NaN, 6);
    expect(demand.edgeCores).toBeCloseTo(report.metrics['edge_cores'] ?? 0, 6);
  });

  it('OP-11 a track of 1 Mbit/s that was recorded by hand', () => {
    const model = {
      coefficients: coefficientsFrom(measured),
      sources: { camera: [picture(1000, 30)], screen: picture(1, 1), voice: { packetsPerSecond: 0, mbitPerSecond: 0 } },
    };
    const demand = demandOf({ seats: 25, cameras: 25, screens: 0, recorded: true }, model);
    expect(demand.recorderCores).toBeCloseTo((25 * (0.29 + 0.2)) / 100, 2);
    expect(demand.recorderNodeCores).toBeCloseTo((25 * 0.29) / 100, 2);
  });
});

describe('OP-11 coefficients', () => {
  const report = (date: string, micros: number): Measured => ({
    rehearsal: 'lecture',
    date,
    machine: 'a test',
    metrics: { media_us_per_packet: micros },
  });

  it('OP-11 come from the newest day, and of that day from the dearest run', () => {
    const reports = [report('2026-01-01', 90), report('2026-02-01', 15), report('2026-02-01', 17)];
    const { forwardPacket } = coefficientsFrom(reports);
    expect(forwardPacket.value).toBeCloseTo(17e-6, 12);
    expect(forwardPacket.source).toMatchObject({
      rehearsal: 'lecture',
      date: '2026-02-01',
      metric: 'media_us_per_packet',
    });
  });

  it('OP-11 prefer the lecture to the comparison, and say that nothing was measured when nothing was', () => {
    expect(coefficientsFrom([...of('sfu'), report('2026-02-01', 15)]).forwardPacket.value).toBeCloseTo(15e-6, 12);
    expect(coefficientsFrom(of('sfu')).forwardPacket.source?.rehearsal).toBe('sfu');
    expect(coefficientsFrom([]).forwardPacket).toMatchObject({ value: null, source: null, rehearse: 'lecture 400' });
  });
});
