import type { Logger } from '@lyceum/platform/telemetry';
import { answer } from './answer.js';
import { PeerSocket } from './peer-socket.js';
import { KeyVault } from './vault.js';

export interface KeysOptions {
  region: string;
  /** 32 bytes each. */
  rootKey: Buffer;
  previousRootKeys: readonly Buffer[];
  socketDir: string;
  peers: readonly string[];
  /** Group id by peer. */
  peerGroups: Readonly<Record<string, number>>;
}

/** Opens a socket per peer. @returns a handle that closes them. */
export async function startKeys(options: KeysOptions, log: Logger): Promise<{ close(): Promise<void> }> {
  const vault = new KeyVault(options.region, options.rootKey, options.previousRootKeys);
  const sockets = options.peers.map(
    (peer) =>
      new PeerSocket({
        directory: options.socketDir,
        peer,
        group: options.peerGroups[peer],
        answer: (line) => answer(vault, peer, line, log),
        log,
      }),
  );
  // One after the other: the process's umask is changed while a socket is bound.
  for (const socket of sockets) await socket.listen();
  log.info({ region: vault.region, rootKeyId: vault.rootKeyId, peers: options.peers }, 'ready');
  return { close: async () => void (await Promise.all(sockets.map((socket) => socket.close()))) };
}
