import { readFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';
import { answer } from '../capacity/answer.ts';
import { coefficientsFrom } from '../capacity/coefficients.ts';
import { measured } from '../capacity/measured.ts';
import type { PlannedClass } from '../capacity/planned-class.ts';
import { print } from '../capacity/print.ts';
import { readReport } from '../capacity/reports.ts';
import { parseTimetable } from '../capacity/timetable.ts';
import type { Timetable } from '../capacity/timetable.ts';
import { cameraKbit, portalSources } from '../capacity/traffic.ts';
import type { CameraLines } from '../capacity/traffic.ts';
import { Failure, Misuse, messageOf } from '../cli/failure.ts';

export interface CapacityOptions {
  /** A file, or the flags of classes that are all the same. */
  readonly timetable?: string | undefined;
  readonly classes?: string | undefined;
  readonly seats?: string | undefined;
  readonly cameras: string;
  readonly screens: string;
  readonly recorded: boolean;
  readonly cameraLines: string;
  /** That each of the same classes is held in a week. */
  readonly hours: string;
  readonly coresPerHost: string;
  readonly memoryPerHost: string;
  readonly mbitPerHost: string;
  /** Percent. */
  readonly margin: string;
  /** Reports of rehearsals on the operator's own machine. */
  readonly from: readonly string[];
  readonly json: boolean;
}

/** Answers what a timetable needs, from what was measured; reads files and this machine, and changes nothing. */
export function capacity(options: CapacityOptions): void {
  const { classes, ignored } =
    options.timetable === undefined ? sameClasses(options) : readTimetable(options.timetable);
  const own = options.from.map(readReport);
  const replaced = new Set(own.map(({ rehearsal }) => rehearsal));
  const memoryGb = Math.round(totalmem() / 2 ** 30);
  const cores = availableParallelism();
  const cameraLines = linesOf(options.cameraLines);
  const mbit = whole('--mbit-per-host', options.mbitPerHost, 1, 1_000_000);
  const answered = answer({
    classes,
    model: {
      coefficients: coefficientsFrom([...own, ...measured.filter(({ rehearsal }) => !replaced.has(rehearsal))]),
      sources: portalSources(cameraLines),
    },
    margin: whole('--margin', options.margin, 0, 90) / 100,
    host: {
      cores: whole('--cores-per-host', options.coresPerHost, 1, 1024),
      memoryGb: whole('--memory-per-host', options.memoryPerHost, 1, 65_536),
      mbit,
    },
    machine: { cores, memoryGb, mbit },
  });
  const load = loadavg()[0] ?? 0;
  if (options.json) {
    const cpu = cpus()[0]?.model ?? 'unknown';
    const { machine, ...rest } = answered;
    process.stdout.write(
      `${JSON.stringify({ ...rest, machine: { cpu, cores, memoryGb, load, ...machine }, ignored })}\n`,
    );
    return;
  }
  const timetable = options.timetable !== undefined;
  process.stdout.write(print(answered, { timetable, ignored, cameraLines, load, cores, memoryGb }));
}

function readTimetable(path: string): Timetable {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new Failure('timetable', `${path} can't be read (${messageOf(error)})`, './lyceum capacity FILE', error);
  }
  return parseTimetable(text, path);
}

/** Classes that are all the same and all at once. */
function sameClasses(options: CapacityOptions): Timetable {
  if (options.classes === undefined || options.seats === undefined) {
    throw new Misuse('capacity takes a timetable, or how many --classes of how many --seats are held at once');
  }
  const count = whole('--classes', options.classes, 1, 100_000);
  const seats = whole('--seats', options.seats, 1, 100_000);
  const one: PlannedClass = {
    start: 0,
    end: whole('--hours', options.hours, 1, 168) * 3_600_000,
    seats,
    cameras: whole('--cameras', options.cameras, 0, seats),
    screens: whole('--screens', options.screens, 0, seats),
    recorded: options.recorded,
  };
  return { classes: Array.from({ length: count }, () => one), ignored: [] };
}

function linesOf(given: string): CameraLines {
  const heights = Object.keys(cameraKbit).map(Number) as CameraLines[];
  const found = heights.find((lines) => String(lines) === given);
  if (!found) throw new Misuse(`--camera-lines is one of ${heights.join(', ')}, not ${given}`);
  return found;
}

function whole(name: string, given: string, least: number, most: number): number {
  const value = /^\d+$/.test(given) ? Number(given) : Number.NaN;
  if (!(value >= least && value <= most))
    throw new Misuse(`${name} takes a whole number from ${least} to ${most}, not ${given}`);
  return value;
}
