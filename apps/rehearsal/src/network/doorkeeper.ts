import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';

/**
 * Runs inside a network namespace, opens the doors its arguments name (`tcp:8443 udp:8470`) on loopback there, hands them to
 * its parent and lets go of them, so that it takes nothing that comes in. A socket stays in the namespace it was made in,
 * whoever holds it.
 */
for (const [index, door] of process.argv.slice(2).entries()) {
  const [protocol, port] = [door.split(':')[0], Number(door.split(':')[1])];
  if (protocol === 'tcp') {
    const server = createServer();
    server.listen(port, '127.0.0.1', () => process.send?.(index, server, () => server.close()));
  } else {
    const socket = createSocket('udp4');
    socket.bind(port, '127.0.0.1', () => process.send?.(index, socket, () => socket.close()));
  }
}
process.on('disconnect', () => process.exit());
