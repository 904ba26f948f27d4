import type { PipeEnd } from '@lyceum/contracts';
import type { types } from 'mediasoup';

/** Where pipe transports of a kind listen. */
export interface PipeListen {
  readonly ip: string;
  /** What the other side is told, when it is not `ip`. */
  readonly announcedAddress?: string;
  /** Any free port when not said. */
  readonly portRange?: { readonly min: number; readonly max: number };
}

/** One end of a pipe to another process: lost packets are sent again, all are encrypted. */
export function openPipe(router: types.Router, listen: PipeListen): Promise<types.PipeTransport> {
  return router.createPipeTransport({
    listenInfo: { protocol: 'udp', ...listen },
    enableRtx: true,
    enableSrtp: true,
  });
}

/** What the other side has to know of this end. */
export function endOf({ srtpParameters, tuple }: types.PipeTransport): PipeEnd {
  if (!srtpParameters) throw new Error('a pipe transport with SRTP has keys');
  return { ip: tuple.localAddress, port: tuple.localPort, srtpParameters };
}

/** @throws Error when the end is connected already, or was closed */
export function connectPipe(transport: types.PipeTransport, { ip, port, srtpParameters }: PipeEnd): Promise<void> {
  return transport.connect({ ip, port, srtpParameters: srtpParameters as types.SrtpParameters });
}
