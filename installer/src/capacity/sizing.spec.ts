import { describe, expect, it } from 'vitest';
import { componentNamed } from '../components/index.ts';
import { nobody } from './demand.ts';
import type { Demand } from './demand.ts';
import { constraintsOf, sizingOf, socketsPerEdgeCore, timesIn } from './sizing.ts';

const host = { cores: 16, memoryGb: 64, mbit: 1000 };
const demand = (parts: Partial<Demand>): Demand => ({ ...nobody, classes: 1, ...parts });
const size = (parts: Partial<Demand>, largest: Partial<Demand> = {}) =>
  sizingOf(demand(parts), constraintsOf(host, 0.3, demand(largest)), 0.3);

describe('OP-11 sizing', () => {
  it('OP-11 keeps the margin free and names what runs out first', () => {
    const { hosts, binding, mediaWorkers, exceeded } = size({ mediaCores: 7, outMbit: 100 });
    expect({ hosts, mediaWorkers, exceeded }).toEqual({ hosts: 1, mediaWorkers: 10, exceeded: [] });
    expect(binding).toMatchObject({ name: 'cores', needed: 7.5, cure: null });
    expect(binding.offered).toBeCloseTo(11.2);
  });

  it('OP-11 takes as many hosts as the scarcest thing needs', () => {
    expect(size({ mediaCores: 30, outMbit: 3600 })).toMatchObject({ hosts: 6, hostsFor: 'network', mediaNodes: 5 });
    expect(size({ mediaCores: 30, outMbit: 100 })).toMatchObject({ hosts: 3, hostsFor: 'cores' });
  });

  it.each([
    ['the media worker of the largest class', {}, { mediaCores: 0.8 }],
    ['the one process that writes recordings', { recorderNodeCores: 0.8, recorderCores: 1 }, {}],
    ['the two api processes', { apiCores: 1.5 }, {}],
    ["the edge's connections", { seats: 40_000 }, {}],
    ['everything but media on one host', { edgeCores: 12 }, {}],
  ])('OP-11 says what no number of hosts holds: %s', (name, parts, largest) => {
    const { exceeded } = size(parts, largest);
    expect(exceeded).toMatchObject([{ name, cure: expect.stringMatching(/\w/) as string }]);
  });

  it('OP-11 counts how often a demand fits into a machine', () => {
    const constraints = constraintsOf({ cores: 2, memoryGb: 24, mbit: 1000 }, 0.25, nobody);
    expect(timesIn(demand({ mediaCores: 0.25 }), constraints)).toEqual({ times: 4, stoppedBy: 'cores' });
    expect(timesIn(demand({ outMbit: 1500 }), constraints)).toEqual({ times: 0.5, stoppedBy: 'network' });
    const tiny = constraintsOf({ cores: 2, memoryGb: 4, mbit: 1000 }, 0.25, nobody);
    expect(timesIn(demand({ seats: 1 }), tiny)).toEqual({ times: 0, stoppedBy: 'memory' });
  });

  it('OP-11 knows how many connections the edge has', () => {
    expect(JSON.stringify(componentNamed('edge').files)).toContain(`worker_connections ${2 * socketsPerEdgeCore};`);
  });
});
