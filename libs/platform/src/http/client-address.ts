import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8);
loopback.addAddress('::1', 'ipv6');

/**
 * Address of whoever sent a request that no framework handles, a WebSocket's upgrade. As for the others: only what comes from
 * loopback, where the edge is, may name somebody else in `X-Forwarded-For`. Null when the connection is gone.
 */
export function clientAddress({ socket, headers }: Pick<IncomingMessage, 'socket' | 'headers'>): string | null {
  const forwarded = [headers['x-forwarded-for'] ?? []].flat().flatMap((line) => line.split(','));
  const hops = [...forwarded.map((hop) => hop.trim()), socket.remoteAddress ?? ''].reverse();
  const client = hops.find((hop) => !isLoopback(hop)) ?? hops.at(-1) ?? '';
  return isIP(client) === 0 ? null : client;
}

function isLoopback(address: string): boolean {
  const version = isIP(address);
  return version !== 0 && loopback.check(address, version === 4 ? 'ipv4' : 'ipv6');
}
