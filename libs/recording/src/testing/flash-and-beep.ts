import { execFileSync } from 'node:child_process';
import { createSocket, type Socket } from 'node:dgram';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ALL_FORMATS, BufferSource, EncodedPacketSink, Input } from 'mediabunny';
import type { FakeTrack } from './fake-media-node.js';
import { rtpPacket } from './synthetic-rtp.js';

/** Two seconds that can be repeated without a seam: in the middle of them a white flash and a beep at the same moment. */
export interface Clip {
  /** VP8 frames, 50 ms each, the first one a key frame. */
  readonly frames: readonly Uint8Array[];
  /** Opus packets, 20 ms each. */
  readonly sound: readonly Uint8Array[];
}

const FRAME_MS = 50;
const SOUND_MS = 20;
/** Seconds from 1900, where NTP begins, to 1970. */
const NTP_EPOCH = 2_208_988_800;
const PAYLOAD_BYTES = 1100;

/** Encodes the clip with ffmpeg. */
export async function makeClip(width: number, height: number): Promise<Clip> {
  const when = 'between(t,1,1.1)';
  const directory = mkdtempSync(join(tmpdir(), 'lyceum-clip-'));
  try {
    const path = join(directory, 'clip.webm');
    const args = [
      ['-v', 'error', '-f', 'lavfi', '-i'],
      [`color=black:s=${width}x${height}:r=20:d=2,drawbox=enable='${when}':color=white:t=fill`],
      ['-f', 'lavfi', '-i', `aevalsrc='if(${when},0.8*sin(2*PI*1000*t),0)':s=48000:c=stereo:d=2`],
      ['-c:v', 'libvpx', '-deadline', 'realtime', '-cpu-used', '8', '-b:v', '400k', '-g', '40', '-auto-alt-ref', '0'],
      ['-c:a', 'libopus', '-b:a', '48k', path],
    ].flat();
    execFileSync('ffmpeg', args);
    const input = new Input({ formats: ALL_FORMATS, source: new BufferSource(readFileSync(path)) });
    const [video, audio] = [await input.getPrimaryVideoTrack(), await input.getPrimaryAudioTrack()];
    if (!video || !audio) throw new Error('the clip has no picture or no sound');
    const frames = await packetsOf(new EncodedPacketSink(video));
    const sound = await packetsOf(new EncodedPacketSink(audio));
    return { frames, sound: sound.slice(0, 2000 / SOUND_MS) };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

async function packetsOf(sink: EncodedPacketSink): Promise<Uint8Array[]> {
  const found: Uint8Array[] = [];
  for await (const packet of sink.packets()) found.push(packet.data);
  return found;
}

interface Sending {
  readonly track: FakeTrack;
  readonly ssrc: number;
  readonly payloadType: number;
  readonly clockRate: number;
  readonly everyMs: number;
  readonly payloads: readonly (readonly Buffer[])[];
  next: number;
  sequence: number;
  packets: number;
  octets: number;
}

/**
 * Sends the clip over and over in real time, with sender reports once a second as a browser does. When this process is
 * late, packets are late, and their time stamps still tell the truth.
 */
export class FlashAndBeep {
  private readonly socket: Socket = createSocket('udp4');
  private readonly sendings: Sending[];
  private readonly startedAt = Date.now();
  private readonly timers: NodeJS.Timeout[];

  constructor(clip: Clip, mic: { track: FakeTrack; ssrc: number }, camera: { track: FakeTrack; ssrc: number }) {
    const idle = { next: 0, sequence: 65_000, packets: 0, octets: 0 };
    const sound = clip.sound.map((packet) => [Buffer.from(packet)]);
    this.sendings = [
      { ...mic, ...idle, payloadType: 111, clockRate: 48_000, everyMs: SOUND_MS, payloads: sound },
      {
        ...camera,
        ...idle,
        payloadType: 112,
        clockRate: 90_000,
        everyMs: FRAME_MS,
        payloads: clip.frames.map(vp8Packets),
      },
    ];
    this.timers = [setInterval(() => this.send(), 10), setInterval(() => this.report(), 1000)];
  }

  stop(): void {
    this.timers.forEach((timer) => clearInterval(timer));
    this.socket.close();
  }

  private send(): void {
    const elapsed = Date.now() - this.startedAt;
    for (const sending of this.sendings) {
      for (; sending.next * sending.everyMs <= elapsed; sending.next += 1) this.sendNext(sending);
    }
  }

  private sendNext(sending: Sending): void {
    const payloads = sending.payloads[sending.next % sending.payloads.length] ?? [];
    payloads.forEach((payload, i) => {
      const { payloadType, ssrc, sequence } = sending;
      const timestamp = this.rtpTime(sending, sending.next * sending.everyMs);
      const marker = i === payloads.length - 1;
      this.socket.send(
        rtpPacket({ payloadType, ssrc, sequence, timestamp, marker, payload }),
        sending.track.rtpPort,
        '127.0.0.1',
      );
      sending.sequence += 1;
      sending.packets += 1;
      sending.octets += payload.length;
    });
  }

  private report(): void {
    for (const sending of this.sendings) {
      if (sending.packets === 0) continue;
      const now = Date.now();
      const report = Buffer.alloc(28);
      report.writeUInt16BE(0x80c8, 0);
      report.writeUInt16BE(6, 2);
      report.writeUInt32BE(sending.ssrc, 4);
      report.writeUInt32BE(Math.floor(now / 1000) + NTP_EPOCH, 8);
      report.writeUInt32BE(Math.floor(((now % 1000) / 1000) * 2 ** 32), 12);
      report.writeUInt32BE(this.rtpTime(sending, now - this.startedAt), 16);
      report.writeUInt32BE(sending.packets, 20);
      report.writeUInt32BE(sending.octets, 24);
      this.socket.send(report, sending.track.rtcpPort, '127.0.0.1');
    }
  }

  /** Starts near the end of the range, so that it wraps within the test. */
  private rtpTime({ clockRate }: Sending, elapsedMs: number): number {
    return (4_294_500_000 + Math.round((elapsedMs * clockRate) / 1000)) >>> 0;
  }
}

function vp8Packets(frame: Uint8Array): Buffer[] {
  const out: Buffer[] = [];
  for (let start = 0; start < frame.length; start += PAYLOAD_BYTES) {
    const descriptor = Buffer.from([start === 0 ? 0x10 : 0]);
    out.push(Buffer.concat([descriptor, frame.subarray(start, start + PAYLOAD_BYTES)]));
  }
  return out;
}
