import type { ClassShape } from './planned-class.ts';

/** Packets and bits of one or many streams. */
export interface Stream {
  readonly packetsPerSecond: number;
  /** With RTP, SRTP, UDP and IPv4 headers. */
  readonly mbitPerSecond: number;
}

/** Bytes of a picture that browsers and our robots put into one packet. */
const payloadBytes = 1200;
/** Around each payload: RTP 12, header extensions about 8, SRTP's tag 16, UDP 8, IPv4 20. */
const headerBytes = 64;

const withHeaders = (kbitPerSecond: number, packetsPerSecond: number): Stream => ({
  packetsPerSecond,
  mbitPerSecond: kbitPerSecond / 1e3 + (packetsPerSecond * headerBytes * 8) / 1e6,
});

/** A picture: the last packet of each frame is half full on average. */
export function picture(kbitPerSecond: number, framesPerSecond: number): Stream {
  const frames = (kbitPerSecond * 1e3) / 8 / payloadBytes;
  return withHeaders(kbitPerSecond, Math.max(frames + framesPerSecond / 2, framesPerSecond));
}

/** Opus sends a packet every 20 ms. */
export const sound = (kbitPerSecond: number): Stream => withHeaders(kbitPerSecond, 50);

const times = (stream: Stream, count: number): Stream => ({
  packetsPerSecond: stream.packetsPerSecond * count,
  mbitPerSecond: stream.mbitPerSecond * count,
});

const sum = (...streams: readonly Stream[]): Stream => ({
  packetsPerSecond: streams.reduce((total, one) => total + one.packetsPerSecond, 0),
  mbitPerSecond: streams.reduce((total, one) => total + one.mbitPerSecond, 0),
});

/** What people send. */
export interface Sources {
  /** A camera's encodings, the smallest first. */
  readonly camera: readonly Stream[];
  readonly screen: Stream;
  readonly voice: Stream;
}

/** kbit/s of a camera's encodings by its lines, as the portal's encoder is told (libs/sdk, `cameraEncodings`). */
export const cameraKbit = { 180: [170], 360: [170, 550], 720: [170, 550, 1800] } as const;
export type CameraLines = keyof typeof cameraKbit;
/** kbit/s of a shared screen (`screenEncodings`) and of a voice (`opusForVoice`). */
export const screenKbit = 2500;
const voiceKbit = 40;

/** What the portal sends: 30 frames per second of a camera, 15 of a screen. */
export const portalSources = (lines: CameraLines): Sources => ({
  camera: cameraKbit[lines].map((kbit) => picture(kbit, 30)),
  screen: picture(screenKbit, 15),
  voice: sound(voiceKbit),
});

/** Microphones that are passed on at once (`FLOOR_SEATS` of libs/media). */
export const floorSeats = 6;

export interface Traffic {
  /** From browsers to the media node. */
  readonly in: Stream;
  readonly out: Stream;
  /** What the recorder writes down: everything that comes in. */
  readonly recorded: Stream;
  /** What a replay of it holds: the best encoding of everything. */
  readonly replay: Stream;
}

const nothing: Stream = { packetsPerSecond: 0, mbitPerSecond: 0 };

/**
 * What a class sends and receives when everybody shows one thing large (the shared screens, else who speaks) and every other
 * camera small. Encodings that nobody watches are off at the sender; the recorder watches all of them.
 */
export function trafficOf(shape: ClassShape, { camera, screen, voice }: Sources): Traffic {
  const { seats, cameras, screens, recorded } = shape;
  const small = camera[0] ?? nothing;
  const large = camera.at(-1) ?? nothing;
  const others = seats - 1;
  const stage = screens > 0 || cameras === 0 ? 0 : 1;
  // Whoever is shown large to the others sees somebody else so, if there is one.
  const largeCopies = stage === 0 ? 0 : cameras > 1 ? seats : others;
  const voices = Math.min(floorSeats, Math.max(1, cameras));
  const spoken = times(voice, voices);
  const shared = times(screen, screens);
  const every = times(sum(...camera), cameras);
  const watched = camera.length > 1 ? sum(times(small, cameras), times(large, stage)) : times(small, cameras);
  const incoming = sum(recorded ? every : watched, shared, spoken);
  return {
    in: incoming,
    out: sum(
      times(small, cameras * others - largeCopies),
      times(large, largeCopies),
      times(screen, screens * others),
      times(voice, voices * others),
    ),
    recorded: recorded ? incoming : nothing,
    replay: recorded ? sum(times(large, cameras), shared, spoken) : nothing,
  };
}
