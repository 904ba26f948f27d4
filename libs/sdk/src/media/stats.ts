import type { TrackSource } from '@lyceum/contracts';
import type { Publisher } from './publisher.js';
import type { RemoteTrack } from './remote-track.js';
import type { MediaSession } from './session.js';

/** How the packets of one transport travel; nulls while nothing is selected. */
export interface PathStats {
  readonly state: string;
  /** `host`, `srflx`, `prflx` or `relay`: the browser's end (RFC 8445). */
  readonly type: string | null;
  /** Between browser and the other end of the pair, or the relay. */
  readonly protocol: string | null;
  /** Between browser and TURN server when the type is `relay`: `udp`, `tcp` or `tls`. */
  readonly relayProtocol: string | null;
  readonly roundTripMs: number | null;
  /** Estimated room towards the server, bit/s. */
  readonly availableOutgoing: number | null;
}

export interface RemoteStats {
  readonly trackId: string;
  readonly participantId: string;
  readonly source: TrackSource;
  /** Over the last second, as the browser counts. */
  readonly fps: number | null;
  readonly framesDecoded: number;
  readonly width: number | null;
  readonly height: number | null;
  readonly packetsReceived: number;
  readonly packetsLost: number;
  readonly jitterMs: number | null;
  readonly bytesReceived: number;
}

export interface LocalStats {
  readonly source: TrackSource;
  /** One entry per encoding, smallest first. */
  readonly encodings: readonly {
    active: boolean;
    fps: number | null;
    height: number | null;
    bytesSent: number;
    keyFrames: number;
  }[];
}

export interface MediaStats {
  readonly send: PathStats;
  readonly recv: PathStats;
  readonly remote: readonly RemoteStats[];
  readonly local: readonly LocalStats[];
}

/** What RTCStatsReport entries hold (https://www.w3.org/TR/webrtc-stats/); every field may be missing. */
export type Entry = { readonly type: string } & Readonly<Record<string, unknown>>;

export const entries = (report: RTCStatsReport): Entry[] => [...(report.values() as Iterable<Entry>)];
const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);
export const number = (value: unknown): number | null => (typeof value === 'number' ? value : null);
const inMs = (seconds: unknown): number | null => (typeof seconds === 'number' ? seconds * 1000 : null);

const byId = (report: readonly Entry[], id: unknown) => report.find((entry) => entry['id'] === id);

/** The candidate pair in use, undefined while there is none. */
export const selectedPair = (report: readonly Entry[]): Entry | undefined =>
  byId(report, report.find((entry) => entry.type === 'transport')?.['selectedCandidatePairId']);

/** Ms since the last packet of any kind came over the pair in use; null when there is none, or the browser does not tell. */
export async function sinceLastPacket(transport: MediaSession['recv']): Promise<number | null> {
  const pair = selectedPair(entries(await transport.getStats()));
  const [now, last] = [number(pair?.['timestamp']), number(pair?.['lastPacketReceivedTimestamp'])];
  return now === null || last === null ? null : now - last;
}

async function pathOf(transport: MediaSession['send']): Promise<PathStats> {
  const report = entries(await transport.getStats());
  const pair = selectedPair(report);
  const local = byId(report, pair?.['localCandidateId']);
  return {
    state: transport.connectionState,
    type: text(local?.['candidateType']),
    protocol: text(local?.['protocol']),
    relayProtocol: text(local?.['relayProtocol']),
    roundTripMs: inMs(pair?.['currentRoundTripTime']),
    availableOutgoing: number(pair?.['availableOutgoingBitrate']),
  };
}

async function remoteOf(track: RemoteTrack): Promise<RemoteStats | null> {
  const consumer = track.attached;
  if (!consumer || consumer.closed) return null;
  const inbound = entries(await consumer.getStats()).find((entry) => entry.type === 'inbound-rtp');
  const { trackId, participantId, source } = track;
  return {
    trackId,
    participantId,
    source,
    fps: number(inbound?.['framesPerSecond']),
    framesDecoded: number(inbound?.['framesDecoded']) ?? 0,
    width: number(inbound?.['frameWidth']),
    height: number(inbound?.['frameHeight']),
    packetsReceived: number(inbound?.['packetsReceived']) ?? 0,
    packetsLost: number(inbound?.['packetsLost']) ?? 0,
    jitterMs: inMs(inbound?.['jitter']),
    bytesReceived: number(inbound?.['bytesReceived']) ?? 0,
  };
}

async function localOf(publisher: Publisher, source: TrackSource): Promise<LocalStats | null> {
  const producer = publisher.producer(source);
  if (!producer || producer.closed) return null;
  const outbound = entries(await producer.getStats()).filter((entry) => entry.type === 'outbound-rtp');
  const encodings = outbound.map((entry) => ({
    active: entry['active'] !== false,
    fps: number(entry['framesPerSecond']),
    height: number(entry['frameHeight']),
    bytesSent: number(entry['bytesSent']) ?? 0,
    keyFrames: number(entry['keyFramesEncoded']) ?? 0,
  }));
  return { source, encodings: encodings.sort((a, b) => (a.height ?? 0) - (b.height ?? 0)) };
}

/** A look at every path and track now. Meant for a support panel and tests, about once a second. */
export async function collectStats(
  session: MediaSession,
  tracks: ReadonlyMap<string, RemoteTrack>,
  publisher: Publisher,
): Promise<MediaStats> {
  const [send, recv, remote, local] = await Promise.all([
    pathOf(session.send),
    pathOf(session.recv),
    Promise.all([...tracks.values()].map(remoteOf)),
    Promise.all(publisher.tracks.map(({ source }) => localOf(publisher, source))),
  ]);
  const present = <T>(value: T | null): value is T => value !== null;
  return { send, recv, remote: remote.filter(present), local: local.filter(present) };
}
