import { mediaNodes } from '../components/media.ts';
import { assumptions } from './assumptions.ts';
import type { Demand } from './demand.ts';

export interface HostSize {
  readonly cores: number;
  readonly memoryGb: number;
  readonly mbit: number;
}

/** Workers of a media node: each has a port, and works on one core. */
const workersPerNode = mediaNodes[0]?.ports['rtc']?.count ?? 1;
const apiProcesses = 2;
/** The edge has a worker for each core, with 4096 connections; a socket takes two, to the browser and to the api. */
export const socketsPerEdgeCore = 4096 / 2;

/** Something that can run out. */
export interface Constraint {
  readonly name: string;
  readonly unit: string;
  /** Taken when nobody is there. */
  readonly fixed: number;
  readonly needs: (demand: Demand) => number;
  /** Of one host, what is kept free taken off. */
  readonly limit: number;
  /** What to do when it runs out; undefined when more hosts do. */
  readonly cure?: string;
}

export const coresBesideMedia = (demand: Demand): number =>
  demand.recorderCores + demand.apiCores + demand.edgeCores + demand.postgresCores;

/** Everything that limits an appliance on hosts of this size, when `margin` (0…1) of cores and network is kept free. */
export function constraintsOf(host: HostSize, margin: number, largest: Demand): readonly Constraint[] {
  const rest = assumptions.restCores.value;
  const usable = (amount: number): number => amount * (1 - margin);
  return [
    {
      name: 'cores',
      unit: 'cores',
      fixed: rest,
      needs: (demand) => demand.mediaCores + coresBesideMedia(demand),
      limit: usable(host.cores),
    },
    {
      name: 'memory',
      unit: 'GB',
      fixed: assumptions.baseMemoryGb.value,
      needs: ({ seats }) => (seats * assumptions.seatMemoryMb.value) / 1000,
      limit: host.memoryGb,
    },
    {
      name: 'network',
      unit: 'Mbit/s',
      fixed: 0,
      needs: ({ inMbit, outMbit }) => Math.max(inMbit, outMbit),
      limit: usable(host.mbit),
    },
    {
      name: 'the media worker of the largest class',
      unit: 'cores',
      fixed: largest.mediaCores,
      needs: () => 0,
      limit: usable(1),
      cure: 'fewer or smaller pictures (--camera-lines 360) in it: a class is held by one worker, on one core',
    },
    {
      name: 'everything but media on one host',
      unit: 'cores',
      fixed: rest,
      needs: coresBesideMedia,
      limit: usable(host.cores),
      cure: 'take a host with more cores for it: only media is spread over several',
    },
    {
      name: 'the one process that writes recordings',
      unit: 'cores',
      fixed: 0,
      needs: ({ recorderNodeCores }) => recorderNodeCores,
      limit: usable(1),
      cure: 'record fewer classes at once, or keep an appliance for a part of them',
    },
    {
      name: 'the two api processes',
      unit: 'cores',
      fixed: 0,
      needs: ({ apiCores }) => apiCores,
      limit: usable(apiProcesses),
      cure: 'keep a second appliance for a part of the classes',
    },
    {
      name: "the edge's connections",
      unit: 'sockets',
      fixed: 0,
      needs: ({ seats }) => seats,
      limit: host.cores * socketsPerEdgeCore,
      cure: 'take a host with more cores for the edge: each gives it 2048 sockets',
    },
  ];
}

export interface Bound {
  readonly name: string;
  readonly unit: string;
  readonly needed: number;
  /** What the hosts offer, what is kept free taken off. */
  readonly offered: number;
  /** What to do, when more hosts don't help. */
  readonly cure: string | null;
}

export interface Sizing {
  readonly hosts: number;
  /** What makes it so many. */
  readonly hostsFor: string;
  readonly mediaWorkers: number;
  readonly mediaNodes: number;
  /** What runs out first. */
  readonly binding: Bound;
  /** What no number of such hosts holds. */
  readonly exceeded: readonly Bound[];
}

/** Hosts of one size for a demand. */
export function sizingOf(demand: Demand, constraints: readonly Constraint[], margin: number): Sizing {
  const needed = (one: Constraint): number => one.fixed + one.needs(demand);
  const { hosts, hostsFor } = constraints
    .filter(({ cure }) => cure === undefined)
    .map((one) => ({ hosts: Math.max(1, Math.ceil(needed(one) / one.limit)), hostsFor: one.name }))
    .reduce((most, one) => (one.hosts > most.hosts ? one : most));
  const bounds = constraints
    .map((one) => ({
      name: one.name,
      unit: one.unit,
      needed: needed(one),
      offered: one.cure === undefined ? one.limit * hosts : one.limit,
      cure: one.cure ?? null,
    }))
    .sort((a, b) => b.needed / b.offered - a.needed / a.offered);
  const [binding] = bounds;
  if (!binding) throw new Error('nothing limits an appliance');
  const mediaWorkers = Math.max(1, Math.ceil(demand.mediaCores / (1 - margin)));
  return {
    hosts,
    hostsFor,
    mediaWorkers,
    mediaNodes: Math.ceil(mediaWorkers / workersPerNode),
    binding,
    exceeded: bounds.filter((one) => one.needed > one.offered),
  };
}

/** How often a demand fits into one host, a fraction when less than once, and what stops it there. */
export function timesIn(demand: Demand, constraints: readonly Constraint[]): { times: number; stoppedBy: string } {
  return constraints
    .map((one) => {
      const room = one.limit - one.fixed;
      const needed = one.needs(demand);
      return { times: room <= 0 ? 0 : needed === 0 ? Infinity : room / needed, stoppedBy: one.name };
    })
    .reduce((least, one) => (one.times < least.times ? one : least));
}
