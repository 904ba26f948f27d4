import type { Assumption } from './assumptions.ts';
import { assumptions } from './assumptions.ts';
import type { Coefficient } from './coefficients.ts';
import { demandOf } from './demand.ts';
import type { Demand, Model } from './demand.ts';
import { largestRush, peakOf, recordedGbPerWeek } from './peak.ts';
import type { Peak } from './peak.ts';
import type { PlannedClass } from './planned-class.ts';
import { constraintsOf, sizingOf, timesIn } from './sizing.ts';
import type { HostSize, Sizing } from './sizing.ts';

export interface Question {
  readonly classes: readonly PlannedClass[];
  readonly model: Model;
  /** Share of cores and network that is kept free, 0…1. */
  readonly margin: number;
  readonly host: HostSize;
  /** The machine that is asked. */
  readonly machine: HostSize;
}

/** What `./lyceum capacity --json` prints, beside the machine's own facts. */
export interface Answer {
  readonly classes: number;
  readonly margin: number;
  readonly peak: Peak;
  readonly rush: { readonly seats: number; readonly at: number; readonly seconds: number | null };
  readonly cores: Readonly<Record<'media' | 'recorder' | 'api' | 'edge' | 'postgres' | 'rest' | 'all', number>>;
  readonly memoryGb: number;
  readonly recordedGbPerWeek: number;
  readonly host: HostSize;
  readonly sizing: Sizing;
  readonly machine: {
    /** Part of the peak that this machine carries; 1 or more is all of it. */
    readonly ofPeak: number;
    readonly largestClass: PlannedClass;
    /** Classes like the largest that it carries at once. */
    readonly carries: number;
    readonly stoppedBy: string;
  };
  readonly measured: readonly Coefficient[];
  readonly notMeasured: readonly Coefficient[];
  readonly assumed: readonly Assumption[];
}

export function answer({ classes, model, margin, host, machine }: Question): Answer {
  const peak = peakOf(classes, model);
  const costly = classes
    .map((one) => ({ one, demand: demandOf(one, model) }))
    .reduce((most, next) => (next.demand.mediaCores > most.demand.mediaCores ? next : most));
  const rush = largestRush(classes);
  const { joinSeconds } = model.coefficients;
  const here = constraintsOf(machine, margin, costly.demand);
  const { times, stoppedBy } = timesIn(costly.demand, here);
  const all = Object.values(model.coefficients);
  return {
    classes: classes.length,
    margin,
    peak,
    rush: { ...rush, seconds: joinSeconds.value === null ? null : rush.seats * joinSeconds.value },
    cores: coresOf(peak.demand),
    memoryGb: assumptions.baseMemoryGb.value + (peak.demand.seats * assumptions.seatMemoryMb.value) / 1000,
    recordedGbPerWeek: recordedGbPerWeek(classes, model),
    host,
    sizing: sizingOf(peak.demand, constraintsOf(host, margin, costly.demand), margin),
    machine: {
      ofPeak: timesIn(peak.demand, here).times,
      largestClass: costly.one,
      carries: Math.floor(times),
      stoppedBy,
    },
    measured: all.filter(({ source }) => source !== null),
    notMeasured: all.filter(({ source }) => source === null),
    assumed: Object.values(assumptions),
  };
}

function coresOf(demand: Demand): Answer['cores'] {
  const {
    mediaCores: media,
    recorderCores: recorder,
    apiCores: api,
    edgeCores: edge,
    postgresCores: postgres,
  } = demand;
  const rest = assumptions.restCores.value;
  return { media, recorder, api, edge, postgres, rest, all: media + recorder + api + edge + postgres + rest };
}
