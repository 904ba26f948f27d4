import { assumptions, largestEventRate } from './assumptions.ts';
import type { CoefficientName, Coefficients } from './coefficients.ts';
import type { ClassShape } from './planned-class.ts';
import { trafficOf } from './traffic.ts';
import type { Sources } from './traffic.ts';

/** What classes take while they run; demands of classes add up. */
export interface Demand {
  readonly classes: number;
  readonly seats: number;
  /** Cores in use, by component. */
  readonly mediaCores: number;
  readonly recorderCores: number;
  /** Part of `recorderCores` that one process has to do alone. */
  readonly recorderNodeCores: number;
  readonly apiCores: number;
  readonly edgeCores: number;
  readonly postgresCores: number;
  readonly inMbit: number;
  readonly outMbit: number;
  /** Written down: journal and replay. */
  readonly recordedMbit: number;
  readonly eventsPerSecond: number;
  /** Events times the seats that hear them. */
  readonly copiesPerSecond: number;
}

export const nobody: Demand = {
  classes: 0,
  seats: 0,
  mediaCores: 0,
  recorderCores: 0,
  recorderNodeCores: 0,
  apiCores: 0,
  edgeCores: 0,
  postgresCores: 0,
  inMbit: 0,
  outMbit: 0,
  recordedMbit: 0,
  eventsPerSecond: 0,
  copiesPerSecond: 0,
};

export const demandKeys = Object.keys(nobody) as (keyof Demand)[];

/** What things cost, and what people send. */
export interface Model {
  readonly coefficients: Coefficients;
  readonly sources: Sources;
}

/** What one class takes. A coefficient that was never measured counts as nothing, and whoever prints says so. */
export function demandOf(shape: ClassShape, { coefficients, sources }: Model): Demand {
  const cost = (name: CoefficientName): number => coefficients[name].value ?? 0;
  const { seats } = shape;
  const traffic = trafficOf(shape, sources);
  const recorded = traffic.recorded.packetsPerSecond;
  const eventsPerSecond = Math.min(largestEventRate, (seats * assumptions.eventsPerSeatMinute.value) / 60);
  const copiesPerSecond = eventsPerSecond * seats;
  const recorderNodeCores = recorded * cost('recordPacketInNode');
  return {
    classes: 1,
    seats,
    mediaCores:
      (traffic.in.packetsPerSecond + traffic.out.packetsPerSecond) * cost('forwardPacket') +
      recorded * cost('recordPacketInRoom'),
    recorderCores: recorded * cost('recordPacketInWorker') + recorderNodeCores,
    recorderNodeCores,
    apiCores: copiesPerSecond * cost('apiCopy') + seats * cost('apiSeat'),
    edgeCores: copiesPerSecond * cost('edgeCopy'),
    postgresCores: eventsPerSecond * cost('postgresEvent'),
    inMbit: traffic.in.mbitPerSecond,
    outMbit: traffic.out.mbitPerSecond,
    recordedMbit: traffic.recorded.mbitPerSecond + traffic.replay.mbitPerSecond,
    eventsPerSecond,
    copiesPerSecond,
  };
}

/** What a class takes besides, while it comes in. */
export function arrivalOf({ seats }: ClassShape, { coefficients }: Model): Demand {
  const joinsPerSecond = seats / assumptions.arrivalSeconds.value;
  return { ...nobody, apiCores: joinsPerSecond * (coefficients.apiJoin.value ?? 0) };
}
