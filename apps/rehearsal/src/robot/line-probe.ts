/** A pair of candidates that ICE selected, seen from the browser (RFC 8445). */
export interface SelectedPair {
  readonly local: string;
  readonly remote: string;
  readonly protocol: string;
  /** Between browser and relay: `udp`, `tcp` or `tls`; empty when the pair is not relayed. */
  readonly relayProtocol: string;
}

/** Sound and pictures as the browser's receivers count them since they were made, summed per kind of track. */
export interface ReceivedTotals {
  readonly samples: number;
  /** Samples the decoder had to invent, silence included. */
  readonly concealed: number;
  readonly silentConcealed: number;
  readonly packets: number;
  readonly packetsLost: number;
  readonly framesDecoded: number;
  readonly freezes: number;
}

/** What changed, and when (epoch ms). */
export interface Change {
  readonly at: number;
  readonly what: string;
}

/** The browser's connections and the words of the page about them. */
export interface LineProbe {
  pairs(): Promise<SelectedPair[]>;
  received(): Promise<ReceivedTotals>;
  /** `welcome` when the room's socket was let in, `closed` when one closed. */
  readonly socket: readonly Change[];
  /** Values of `data-room-state`, looked at every 50 ms. */
  readonly phases: readonly Change[];
  /** Values of `data-ladder-rung` on the same element: what the page receives of others' pictures. */
  readonly rungs: readonly Change[];
  /** Words on the microphone's button, looked at every 50 ms. */
  readonly mic: readonly Change[];
}

declare global {
  interface Window {
    lyceumLine: LineProbe;
  }
}

/**
 * Runs in the page before the portal does, beside the probe for eyes and ears: which connections the browser has and what
 * the page says about them. Serialised by the browser driver, so it may refer to nothing outside itself.
 */
export function installLineProbe(micWords: readonly string[]): void {
  const now = () => performance.timeOrigin + performance.now();
  const connections: RTCPeerConnection[] = [];
  const socket: Change[] = [];
  const phases: Change[] = [];
  const rungs: Change[] = [];
  const mic: Change[] = [];
  const note = (list: Change[], what: string) => {
    if (list.at(-1)?.what !== what) list.push({ at: now(), what });
  };

  const NativeConnection = window.RTCPeerConnection;
  window.RTCPeerConnection = class extends NativeConnection {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      connections.push(this);
    }
  };
  const NativeSocket = window.WebSocket;
  window.WebSocket = class extends NativeSocket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols);
      this.addEventListener('message', ({ data }) => {
        if (typeof data === 'string' && data.slice(0, 40).includes('"welcome"'))
          socket.push({ at: now(), what: 'welcome' });
      });
      this.addEventListener('close', () => socket.push({ at: now(), what: 'closed' }));
    }
  };

  const footers = document.getElementsByTagName('footer');
  let roomElement: HTMLElement | null = null;
  setInterval(() => {
    if (!roomElement?.isConnected || !roomElement.dataset.roomState)
      roomElement = document.querySelector('[data-room-state]');
    const room = roomElement?.dataset;
    if (room?.roomState) note(phases, room.roomState);
    if (room?.ladderRung) note(rungs, room.ladderRung);
    for (const button of footers[0]?.getElementsByTagName('button') ?? []) {
      const word = button.textContent.trim();
      if (micWords.includes(word)) note(mic, word);
    }
  }, 50);

  async function reports(): Promise<Map<string, Record<string, unknown>>[]> {
    const open = connections.filter(({ connectionState }) => connectionState !== 'closed');
    const stats = await Promise.all(open.map((connection) => connection.getStats()));
    return stats.map((report) => new Map(report.entries() as Iterable<[string, Record<string, unknown>]>));
  }

  async function pairs(): Promise<SelectedPair[]> {
    const word = (value: unknown) => (typeof value === 'string' ? value : '');
    return (await reports()).flatMap((report) =>
      [...report.values()].flatMap((transport) => {
        const pair = report.get(word(transport['selectedCandidatePairId']));
        const [local, remote] = [
          report.get(word(pair?.['localCandidateId'])),
          report.get(word(pair?.['remoteCandidateId'])),
        ];
        if (!local || !remote) return [];
        return {
          local: word(local['candidateType']),
          remote: word(remote['candidateType']),
          protocol: word(local['protocol']),
          relayProtocol: word(local['relayProtocol']),
        };
      }),
    );
  }

  async function received(): Promise<ReceivedTotals> {
    const inbound = (await reports()).flatMap((report) =>
      // What mediasoup sends only to measure the path is nobody's, and its gaps are no losses.
      [...report.values()].filter((entry) => entry['type'] === 'inbound-rtp' && entry['mid'] !== 'probator'),
    );
    const sum = (field: string) =>
      inbound.reduce((total, entry) => total + (typeof entry[field] === 'number' ? entry[field] : 0), 0);
    return {
      samples: sum('totalSamplesReceived'),
      concealed: sum('concealedSamples'),
      silentConcealed: sum('silentConcealedSamples'),
      packets: sum('packetsReceived'),
      packetsLost: sum('packetsLost'),
      framesDecoded: sum('framesDecoded'),
      freezes: sum('freezeCount'),
    };
  }

  window.lyceumLine = { pairs, received, socket, phases, rungs, mic };
}
