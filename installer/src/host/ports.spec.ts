import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { requireFreePorts } from '../start/run.ts';
import { componentNamed } from '../components/index.ts';
import { freePortBase } from '../testing/free-ports.ts';
import { holderOf, listeners, parseSockets } from './ports.ts';

const tcp = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:2102 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4711 1 0000000000000000 100 0 0 10 0
   1: 0100007F:2103 0100007F:C350 01 00000000:00000000 00:00000000 00000000     0        0 4712 1 0000000000000000 100 0 0 10 0
`;

describe('OP-01 taken ports', () => {
  it('OP-01 reads who listens and not who is connected', () => {
    expect(parseSockets('tcp', tcp)).toEqual([{ protocol: 'tcp', port: 8450, inode: '4711' }]);
  });

  it('OP-01 reads UDP sockets by their own state', () => {
    const udp = tcp.replace(' 0A ', ' 07 ');
    expect(parseSockets('udp', udp)).toEqual([{ protocol: 'udp', port: 8450, inode: '4711' }]);
    expect(parseSockets('udp', tcp)).toEqual([]);
  });

  it('OP-01 survives an empty table', () => {
    expect(parseSockets('tcp', '')).toEqual([]);
  });

  it('OP-01 names the process that holds a TCP port', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const found = listeners().find((listener) => listener.port === port && listener.protocol === 'tcp');
    expect(holderOf(found?.inode ?? '')).toContain(`(process ${process.pid})`);
    server.close();
  });

  it('OP-01 stops an up at a taken port with the holder and what to type', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const portBase = port - 11;
    expect(() => requireFreePorts({ settings: { portBase } }, componentNamed('redis'))).toThrow(
      new RegExp(`port ${port} \\(tcp\\) is taken by .*\\(process ${process.pid}\\)`),
    );
    server.close();
    await new Promise((resolve) => server.once('close', resolve));
    expect(() => requireFreePorts({ settings: { portBase } }, componentNamed('redis'))).not.toThrow();
  });

  it('OP-01 does not mind a UDP socket where TCP is wanted', async () => {
    const socket = createSocket('udp4');
    await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
    const portBase = socket.address().port - 11;
    expect(() => requireFreePorts({ settings: { portBase } }, componentNamed('redis'))).not.toThrow();
    socket.close();
  });

  it('OP-01 finds a whole range of ports that nobody listens in', () => {
    const taken = Array.from({ length: 20 }, (_, index) => 20_000 + index * 500 + 77);
    const base = freePortBase(taken);
    expect(taken.some((port) => port >= base && port < base + 500)).toBe(false);
  });
});
