import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cameraEncodings, screenEncodings } from '../../../libs/sdk/src/media/simulcast.ts';
import { measured } from './measured.ts';
import { cameraKbit, floorSeats, picture, portalSources, screenKbit, trafficOf } from './traffic.ts';

const shape = { seats: 30, cameras: 6, screens: 0, recorded: false };

describe('OP-11 the traffic of a class', () => {
  it.each([180, 360, 720] as const)('OP-11 takes a camera of %i lines for what the portal sends', (lines) => {
    expect(cameraKbit[lines].map((kbit) => kbit * 1000)).toEqual(
      cameraEncodings(lines).map(({ maxBitrate }) => maxBitrate),
    );
  });

  it('OP-11 takes screens and the floor for what they are', () => {
    expect(screenEncodings().map(({ maxBitrate }) => maxBitrate)).toEqual([screenKbit * 1000]);
    const floor = readFileSync(resolve(import.meta.dirname, '../../../libs/media/src/engine/floor.ts'), 'utf8');
    expect(floor).toContain(`FLOOR_SEATS = ${floorSeats};`);
  });

  it('OP-11 counts as many packets as were counted in a track of 1 Mbit/s', () => {
    const counted = measured.find(({ rehearsal }) => rehearsal === 'by hand')?.metrics['track_packets_per_s'] ?? NaN;
    expect(picture(1000, 30).packetsPerSecond / counted).toBeCloseTo(1, 1);
  });

  it('OP-11 sends one picture large to each seat, every other small, and six voices at most', () => {
    const [small, , large] = portalSources(720).camera;
    const { voice } = portalSources(720);
    const { out } = trafficOf({ ...shape, cameras: 8 }, portalSources(720));
    const expected =
      30 * (large?.mbitPerSecond ?? NaN) + (8 * 29 - 30) * (small?.mbitPerSecond ?? NaN) + 6 * 29 * voice.mbitPerSecond;
    expect(out.mbitPerSecond).toBeCloseTo(expected, 6);
  });

  it('OP-11 shows a shared screen instead of the large picture', () => {
    const [small] = portalSources(720).camera;
    const { screen, voice } = portalSources(720);
    const { out } = trafficOf({ ...shape, screens: 1 }, portalSources(720));
    const each = screen.mbitPerSecond + 6 * (small?.mbitPerSecond ?? NaN) + 6 * voice.mbitPerSecond;
    expect(out.mbitPerSecond).toBeCloseTo(29 * each, 6);
  });

  it('OP-11 records every encoding, and sends what nobody watches only for that', () => {
    const plain = trafficOf(shape, portalSources(720));
    const recorded = trafficOf({ ...shape, recorded: true }, portalSources(720));
    expect(plain.recorded.mbitPerSecond).toBe(0);
    expect(recorded.recorded).toEqual(recorded.in);
    expect(recorded.in.mbitPerSecond).toBeGreaterThan(2 * plain.in.mbitPerSecond);
    expect(recorded.out).toEqual(plain.out);
  });

  it.each([
    [{ ...shape, seats: 1, cameras: 1 }, 0],
    [{ ...shape, seats: 2, cameras: 2 }, 2],
  ])('OP-11 sends nobody their own picture (%j)', (few, pictures) => {
    const { camera, voice } = portalSources(180);
    const { out } = trafficOf(few, portalSources(180));
    const voices = few.cameras * (few.seats - 1) * voice.packetsPerSecond;
    expect(out.packetsPerSecond - voices).toBeCloseTo(pictures * (camera[0]?.packetsPerSecond ?? NaN), 6);
  });
});
