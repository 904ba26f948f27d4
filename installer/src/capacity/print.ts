import type { Answer } from './answer.ts';
import { clock } from './planned-class.ts';
import type { Coefficient } from './coefficients.ts';
import { screenKbit } from './traffic.ts';

const round = (value: number): string =>
  value === 0 ? '0' : value < 10 ? value.toFixed(2) : Math.round(value).toLocaleString('en-GB');

const row = (name: string, value: string, note = ''): string =>
  `  ${name.padEnd(12)} ${value.padStart(8)}  ${note}`.trimEnd();

const sourceOf = ({ source, rehearse }: Coefficient): string =>
  source
    ? `${source.rehearsal}, ${source.date ?? 'day not noted'}: ${source.metric}`
    : `not measured: rehearse ${rehearse}`;

export interface Circumstances {
  /** Whether the times of the answer are those of a timetable. */
  readonly timetable: boolean;
  readonly ignored: readonly string[];
  readonly cameraLines: number;
  /** Cores that are busy on this machine now. */
  readonly load: number;
  readonly cores: number;
  readonly memoryGb: number;
}

/** The answer as an operator reads it. */
export function print(answer: Answer, circumstances: Circumstances): string {
  return [
    ...peakLines(answer, circumstances),
    '',
    ...needLines(answer),
    '',
    ...hostLines(answer),
    '',
    ...machineLines(answer, circumstances),
    '',
    ...basisLines(answer, circumstances),
    '',
  ].join('\n');
}

function peakLines({ classes, peak, rush }: Answer, { timetable, ignored }: Circumstances): string[] {
  const { demand, at } = peak;
  const when = (moment: number): string => (timetable ? ` at ${clock(moment)}` : '');
  const lines = [
    `${classes} classes. At the peak ${demand.classes} at once${when(at.classes)}, ${round(demand.seats)} seats${when(at.seats)}.`,
    `Largest rush: ${round(rush.seats)} people come to classes that begin together${when(rush.at)}` +
      (rush.seconds === null
        ? '.'
        : `; the last is in after ${round(rush.seconds)} s if all come at one moment (as measured with robots on the same machine).`),
  ];
  if (ignored.length > 0) lines.push(`Columns that mean nothing here: ${ignored.join(', ')}.`);
  return lines;
}

function needLines({ cores, margin, peak, memoryGb, recordedGbPerWeek, sizing }: Answer): string[] {
  const { demand } = peak;
  return [
    `What it takes at the peak (cores in use; ${Math.round(100 * margin)} % is kept free on top)`,
    row('media', round(cores.media), `cores; ${sizing.mediaWorkers} workers in ${sizing.mediaNodes} media node(s)`),
    row('recorder', round(cores.recorder), demand.recordedMbit > 0 ? 'cores' : 'cores; nothing is recorded'),
    row('api', round(cores.api), 'cores'),
    row('edge', round(cores.edge), 'cores'),
    row('postgres', cores.postgres > 0 ? round(cores.postgres) : '–', cores.postgres > 0 ? 'cores' : 'not measured'),
    row('the rest', round(cores.rest), 'cores, assumed: Keycloak, Redis, store, keys, TURN, jobs'),
    row('all', round(cores.all), 'cores'),
    row('memory', round(memoryGb), 'GB, assumed'),
    row('network in', round(demand.inMbit), 'Mbit/s'),
    row('network out', round(demand.outMbit), 'Mbit/s'),
    row('sockets', round(demand.seats)),
    row('events', round(demand.eventsPerSecond), `a second, heard ${round(demand.copiesPerSecond)} times`),
    row('recordings', round(recordedGbPerWeek), 'GB a week, journal and replay'),
  ];
}

function hostLines({ host, sizing }: Answer): string[] {
  const { binding, exceeded, hosts, hostsFor } = sizing;
  const lines = [
    `Hosts of ${host.cores} cores, ${host.memoryGb} GB and ${round(host.mbit)} Mbit/s: ${hosts}${hosts > 1 ? `, for the ${hostsFor}` : ''}`,
    `First to run out: ${binding.name} (${round(binding.needed)} of ${round(binding.offered)} ${binding.unit})`,
  ];
  for (const { name, needed, offered, unit, cure } of exceeded) {
    lines.push(`NOT ENOUGH: ${name} (${round(needed)} of ${round(offered)} ${unit}). To do: ${cure}.`);
  }
  return lines;
}

function machineLines({ machine }: Answer, { load, cores, memoryGb }: Circumstances): string[] {
  const { seats, cameras, screens, recorded } = machine.largestClass;
  const kind = `${seats} seats, ${cameras} cameras, ${screens} screens${recorded ? ', recorded' : ''}`;
  const share = machine.ofPeak >= 1 ? 'all of that' : `${Math.floor(100 * machine.ofPeak)} % of that`;
  return [
    `This machine (${cores} cores, ${memoryGb} GB) carries ${share}, or ${machine.carries} at once of the largest class`,
    `(${kind}); what runs out then: ${machine.stoppedBy}. Busy now: ${load.toFixed(1)} of ${cores} cores.`,
  ];
}

function basisLines({ measured, notMeasured, assumed }: Answer, { cameraLines }: Circumstances): string[] {
  return [
    'Measured',
    ...measured.map((one) => `  ${one.about}: ${one.value?.toExponential(2)} ${one.unit} (${sourceOf(one)})`),
    ...(notMeasured.length > 0 ? ['Not measured, counted as nothing'] : []),
    ...notMeasured.map((one) => `  ${one.about} (${sourceOf(one)})`),
    'Assumed',
    ...assumed.map(({ value, unit, why }) => `  ${value} ${unit}: ${why}`),
    `  cameras of ${cameraLines} lines that send all they may; everybody sees one picture large and the others small`,
    `  a shared screen sends ${screenKbit} kbit/s all the time: a slide that stands still sends far less`,
  ];
}
