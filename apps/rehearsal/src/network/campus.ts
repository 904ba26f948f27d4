import type { Appliance } from '../appliance.js';
import { WalledNetwork } from './walled-network.js';

/**
 * Networks people sit in, by what they let through to the appliance besides its pages:
 * `tcp` the TURN port over TCP, `tls` the TURN port over TLS, `udp` the media ports themselves.
 */
export const campuses = ['tcp', 'tls', 'udp'] as const;
export type Campus = (typeof campuses)[number];

/** As many workers as a media node may have, each with a port. */
const WORKERS = 10;

/** The UDP ports of every media node. */
function mediaPorts({ ports }: Appliance): number[] {
  const firsts = Object.entries(ports).flatMap(([name, { rtc }]: [string, Readonly<Record<string, number>>]) =>
    name.startsWith('media') && rtc !== undefined ? [rtc] : [],
  );
  return firsts.flatMap((first) => Array.from({ length: WORKERS }, (_, worker) => first + worker));
}

/** Builds the network of that kind; needs root. */
export function campus(appliance: Appliance, kind: Campus): Promise<WalledNetwork> {
  const { edge, turn } = appliance.ports;
  const pages = { protocol: 'tcp', port: edge.https } as const;
  switch (kind) {
    case 'tcp':
      return WalledNetwork.create([pages, { protocol: 'tcp', port: turn.turn }]);
    case 'tls':
      return WalledNetwork.create([pages, { protocol: 'tcp', port: turn.turns }]);
    case 'udp':
      return WalledNetwork.create([
        pages,
        ...mediaPorts(appliance).map((port) => ({ protocol: 'udp', port }) as const),
      ]);
  }
}
