import type { ProbeReadings } from '../robot/probe.js';

/** Epoch ms; Infinity while no element has shown a frame. */
const firstRemoteFrame = ({ videos }: ProbeReadings): number =>
  Math.min(...videos.map(({ firstFrameAt }) => firstFrameAt).filter((at) => at > 0));

/** Click on Join → first picture of someone else, ms; NaN when either is missing. */
export function warmJoinMs(readings: ProbeReadings): number {
  const click = readings.clicks.findLast(({ name }) => /^(Join|Start class)$/.test(name.trim()));
  const first = firstRemoteFrame(readings);
  return click && Number.isFinite(first) ? first - click.at : NaN;
}

/** Link opened → first picture of someone else, ms; NaN when none came. */
export function coldJoinMs(readings: ProbeReadings): number {
  const first = firstRemoteFrame(readings);
  return Number.isFinite(first) ? first - readings.openedAt : NaN;
}
