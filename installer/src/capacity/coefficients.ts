import { picture, sound } from './traffic.ts';
import type { Measured } from './measured.ts';

/** Where a number comes from. */
export interface Source {
  readonly rehearsal: string;
  readonly date: string | null;
  readonly metric: string;
  readonly machine: string;
}

export interface Coefficient {
  /** Null when nothing on record measures it. */
  readonly value: number | null;
  readonly unit: string;
  readonly about: string;
  readonly source: Source | null;
  /** What to run so that there is a number. */
  readonly rehearse: string;
}

interface Derivation {
  readonly rehearsal: Measured['rehearsal'];
  /** All of them must be there. */
  readonly metrics: readonly string[];
  readonly value: (...metrics: number[]) => number;
}

interface Recipe extends Pick<Coefficient, 'unit' | 'about' | 'rehearse'> {
  /** The first whose metrics are on record. */
  readonly from: readonly Derivation[];
}

/** What `rehearse events` says each second. */
const eventsPerSecond = 5;
/** What `rehearse sfu` sends to each robot: 2 Mbit/s at 20 frames, and a voice. */
const sfuPackets = picture(2000, 20).packetsPerSecond + sound(32).packetsPerSecond;

const byHand = (metric: string): Derivation => ({
  rehearsal: 'by hand',
  metrics: [metric, 'track_packets_per_s'],
  value: (percent, packets) => percent / 100 / packets,
});

const recipes = {
  forwardPacket: {
    unit: 'core-seconds per packet',
    about: 'a packet that the media node takes or sends',
    rehearse: 'lecture 400',
    from: [
      { rehearsal: 'lecture', metrics: ['media_us_per_packet'], value: (micros) => micros / 1e6 },
      // A listener has two consumers, picture and voice.
      { rehearsal: 'sfu', metrics: ['sfu_consumers_per_core'], value: (consumers) => 2 / consumers / sfuPackets },
    ],
  },
  recordPacketInRoom: {
    unit: 'core-seconds per packet',
    about: 'a packet that the media node passes to the recorder',
    rehearse: '(by hand)',
    from: [byHand('room_worker_pct_core_per_track')],
  },
  recordPacketInWorker: {
    unit: 'core-seconds per packet',
    about: "a packet in the recorder's media worker",
    rehearse: '(by hand)',
    from: [byHand('recorder_worker_pct_core_per_track')],
  },
  recordPacketInNode: {
    unit: 'core-seconds per packet',
    about: "a packet in the recorder's own process: sealed and written down",
    rehearse: '(by hand)',
    from: [byHand('recorder_node_pct_core_per_track')],
  },
  apiCopy: {
    unit: 'core-seconds per event and seat',
    about: 'an event on its way to one seat, in the api',
    rehearse: 'events 2000',
    from: [{ rehearsal: 'events', metrics: ['api_cores', 'seats'], value: (c, seats) => c / eventsPerSecond / seats }],
  },
  edgeCopy: {
    unit: 'core-seconds per event and seat',
    about: 'an event on its way to one seat, in the edge',
    rehearse: 'events 2000',
    from: [{ rehearsal: 'events', metrics: ['edge_cores', 'seats'], value: (c, seats) => c / eventsPerSecond / seats }],
  },
  postgresEvent: {
    unit: 'core-seconds per event',
    about: 'an event in PostgreSQL',
    rehearse: 'events 2000',
    from: [{ rehearsal: 'events', metrics: ['postgres_cores'], value: (cores) => cores / eventsPerSecond }],
  },
  apiSeat: {
    unit: 'cores per seat',
    about: 'a seat whose socket is open, in the api',
    rehearse: 'lecture 400',
    from: [{ rehearsal: 'lecture', metrics: ['api_cores', 'seats'], value: (cores, seats) => cores / seats }],
  },
  apiJoin: {
    unit: 'core-seconds per join',
    about: 'somebody who comes in, in the api',
    rehearse: 'events 2000',
    from: [{ rehearsal: 'events', metrics: ['storm_api_cpu_s', 'seats'], value: (spent, seats) => spent / seats }],
  },
  joinSeconds: {
    unit: 'seconds per join',
    about: 'time that a join takes in a crowd, robots and appliance on one machine',
    rehearse: 'events 2000',
    from: [{ rehearsal: 'events', metrics: ['storm_s', 'seats'], value: (seconds, seats) => seconds / seats }],
  },
} as const satisfies Record<string, Recipe>;

export type CoefficientName = keyof typeof recipes;
export type Coefficients = Readonly<Record<CoefficientName, Coefficient>>;

/** Computes every coefficient from reports: of one rehearsal the newest day counts, and of that day the highest cost. */
export function coefficientsFrom(reports: readonly Measured[]): Coefficients {
  const entries = Object.entries(recipes).map(([name, recipe]) => [name, coefficient(recipe, reports)]);
  return Object.fromEntries(entries) as Record<CoefficientName, Coefficient>;
}

function coefficient({ unit, about, rehearse, from }: Recipe, reports: readonly Measured[]): Coefficient {
  for (const { rehearsal, metrics, value } of from) {
    const found = reports.flatMap((report) => {
      const numbers = metrics.flatMap((name) => report.metrics[name] ?? []);
      return report.rehearsal === rehearsal && numbers.length === metrics.length
        ? [{ report, value: value(...numbers) }]
        : [];
    });
    const newest = found.map(({ report }) => report.date ?? '').reduce((a, b) => (a > b ? a : b), '');
    const [dearest] = found.filter(({ report }) => (report.date ?? '') === newest).sort((a, b) => b.value - a.value);
    if (!dearest) continue;
    const { date, machine } = dearest.report;
    return {
      value: dearest.value,
      unit,
      about,
      rehearse,
      source: { rehearsal, date, metric: metrics[0] ?? '', machine },
    };
  }
  return { value: null, unit, about, rehearse, source: null };
}
