import type { ProbeReadings } from '../robot/probe.js';

const firstRemoteFrame = (readings: ProbeReadings): number => Math.min(...readings.videos.map((v) => v.firstFrameAt));

/** Click on Join → first picture of someone else, ms; NaN when either is missing. */
export function warmJoinMs(readings: ProbeReadings): number {
  const click = readings.clicks.findLast(({ name }) => /^(Join|Start class)$/.test(name.trim()));
  return readings.videos.length && click ? firstRemoteFrame(readings) - click.at : NaN;
}

/** Link opened → first picture of someone else, ms; NaN when none came. */
export function coldJoinMs(readings: ProbeReadings): number {
  return readings.videos.length ? firstRemoteFrame(readings) - readings.openedAt : NaN;
}
