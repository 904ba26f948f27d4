import { spawn } from 'node:child_process';
import { Socket as UdpSocket } from 'node:dgram';
import { Server } from 'node:net';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface Door {
  readonly protocol: 'tcp' | 'udp';
  readonly port: number;
  readonly listener: Server | UdpSocket;
}

const source = fileURLToPath(import.meta.url);
const doorkeeper = source.replace(/doors\.(ts|js)$/, `doorkeeper${extname(source)}`);

/**
 * Opens ports on the loopback of a network namespace and hands them to this process, which stays outside: what comes in
 * through them can be carried on from here.
 * @throws Error naming the door that didn't open (port taken inside, no right to enter the namespace).
 */
export async function openDoors(
  namespace: string,
  wanted: readonly Pick<Door, 'protocol' | 'port'>[],
): Promise<readonly Door[]> {
  const names = wanted.map(({ protocol, port }) => `${protocol}:${port}`);
  const keeper = spawn('ip', ['netns', 'exec', namespace, process.execPath, doorkeeper, ...names], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const doors: Door[] = [];
  return new Promise((resolve, reject) => {
    keeper.once('error', reject);
    keeper.once('exit', () => reject(new Error(`Doors ${names.join(', ')} of ${namespace} did not open.`)));
    keeper.on('message', (index: number, listener) => {
      const door = wanted[index];
      if (!door || !(listener instanceof Server || listener instanceof UdpSocket)) return;
      doors.push({ ...door, listener });
      if (doors.length < wanted.length) return;
      keeper.disconnect();
      resolve(doors);
    });
  });
}
