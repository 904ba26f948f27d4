import { ntpToMs, type JournalRecord, type TrackFormat } from '../journal/records.js';
import { parseRtp } from '../rtp/packet.js';
import { Vp8Frames } from '../rtp/vp8-frames.js';
import { AudioLane } from './audio-lane.js';
import { WorkerClock } from './clock.js';
import { ReorderBuffer, type Ordered } from './reorder.js';
import { RtpTimeline } from './rtp-timeline.js';
import { VideoLane, type LayerFrame } from './video-lane.js';
import { WebmFile, type FilePart, type MediaPacket } from './webm-file.js';

/** What a finished segment is. Times are the server's clock, ms since the epoch. */
export interface MuxedSegment {
  readonly startMs: number;
  readonly durationMs: number;
  readonly mime: string;
  readonly width: number | null;
  readonly height: number | null;
}

/** How long media waits for the first sender report that places it; reports come about every second. */
const ALIGN_MS = 3_000;
/** How far behind arrival layers are merged, so that their frames meet in order of capture. */
const MERGE_MS = 1_500;

interface Stream {
  readonly layer: number;
  readonly reorder: ReorderBuffer;
  readonly timeline: RtpTimeline;
  readonly frames: Vp8Frames;
  /** In order, waiting for a sender report. */
  waiting: Waiting[];
  /** Capture of the last frame placed: frames of a layer keep their order whatever a later report says. */
  lastMs: number;
}

interface Waiting {
  readonly rtp: number;
  readonly at: number;
  readonly emit: (capturedMs: number) => Promise<void>;
}

/** Codecs that can be muxed; others stay in the journal. */
export const canMux = (format: TrackFormat): boolean => /^(audio\/opus|video\/vp8)$/i.test(format.mimeType);

/**
 * Turns the records of one track segment into a WebM file, piece by piece: live while the class runs, or again from the
 * journal after a crash. Feed it with `push`, collect finished bytes with `take`.
 */
export class SegmentMuxer {
  private readonly clock = new WorkerClock();
  private readonly streams = new Map<number, Stream>();
  private readonly audio: AudioLane | null;
  private readonly video: VideoLane | null;
  /** Video frames by capture, until everything that could come before them has come. */
  private merging: LayerFrame[] = [];
  private file: WebmFile | null = null;
  private lastAt = 0;
  private key = false;

  constructor(private readonly format: TrackFormat) {
    const audio = format.mimeType.toLowerCase().startsWith('audio/');
    this.audio = audio ? new AudioLane(format.channels === 2) : null;
    this.video = audio ? null : new VideoLane();
    format.ssrcs.forEach((ssrc, layer) => {
      const timeline = new RtpTimeline(format.clockRate, this.clock);
      this.streams.set(ssrc, {
        layer,
        reorder: new ReorderBuffer(),
        timeline,
        frames: new Vp8Frames(),
        waiting: [],
        lastMs: 0,
      });
    });
  }

  async push(record: JournalRecord): Promise<void> {
    this.lastAt = Math.max(this.lastAt, record.at);
    switch (record.kind) {
      case 'format':
        return;
      case 'clock':
        return this.clock.add(record.workerMs, record.serverMs);
      case 'sr': {
        const workerMs = ntpToMs(record.ntpSeconds, record.ntpFraction);
        this.clock.add(workerMs, record.at);
        this.streams.get(record.ssrc)?.timeline.report(record.rtpTimestamp, workerMs);
        return this.settle(record.at);
      }
      case 'rtp':
        return this.packet(record.packet, record.at);
    }
  }

  /** Tells that nothing came until `now` (arrival clock): fills sound with silence, gives up on holes. */
  async advance(now: number): Promise<void> {
    this.lastAt = Math.max(this.lastAt, now);
    for (const stream of this.streams.values()) this.collect(stream, stream.reorder.release(now));
    await this.settle(now);
    if (this.audio) await this.writeAudio(this.audio.advance(now - ALIGN_MS - MERGE_MS));
  }

  /** True once after frames were lost that only a key frame makes up for. */
  takeKeyFrameWish(): boolean {
    const wish = this.key;
    this.key = false;
    return wish;
  }

  take(): FilePart[] {
    return this.file?.take() ?? [];
  }

  /**
   * Ends the segment.
   * @returns the last parts (the head among them) and what it is; null when nothing in it can be played
   */
  async finish(): Promise<{ parts: FilePart[]; segment: MuxedSegment } | null> {
    for (const stream of this.streams.values()) this.collect(stream, stream.reorder.release(Infinity));
    await this.settle(Infinity);
    const last = this.video?.finish(this.lastAt);
    if (last) await this.write(last);
    const startMs = this.audio?.start ?? this.video?.start ?? null;
    if (!this.file || startMs === null) return null;
    const { width, height } = this.video?.size ?? { width: 0, height: 0 };
    const lane = this.audio
      ? { durationMs: this.audio.durationMs, mime: 'audio/webm; codecs="opus"', width: null, height: null }
      : { durationMs: Math.max(0, this.lastAt - startMs), mime: 'video/webm; codecs="vp8"', width, height };
    return { parts: await this.file.finish(), segment: { startMs, ...lane } };
  }

  private async packet(bytes: Buffer, at: number): Promise<void> {
    const packet = parseRtp(bytes);
    const stream = packet && this.streams.get(packet.ssrc);
    if (!stream || packet.payloadType !== this.format.payloadType) return;
    const rtp = stream.timeline.packet(packet.timestamp, at);
    this.collect(stream, stream.reorder.push({ packet, rtp, at }));
    await this.settle(at);
  }

  private collect(stream: Stream, packets: readonly Ordered[]): void {
    for (const ordered of packets) {
      const { rtp, at, packet } = ordered;
      const audio = this.audio;
      if (audio) {
        if (packet.payload.length === 0) continue;
        const emit = (ms: number) => this.writeAudio(audio.add(packet.payload, rtp, ms));
        stream.waiting.push({ rtp, at, emit });
        continue;
      }
      const broken = stream.frames.needsKeyFrame;
      const frame = stream.frames.push(ordered);
      if (!broken && stream.frames.needsKeyFrame) this.key = true;
      if (!frame) continue;
      const emit = async (ms: number) => {
        stream.lastMs = Math.max(ms, stream.lastMs + 1);
        this.merging.push({ ...frame, layer: stream.layer, capturedMs: stream.lastMs });
      };
      stream.waiting.push({ rtp, at, emit });
    }
  }

  /** Places what has a sender report or waited long enough, and merges layers up to a safe distance behind `now`. */
  private async settle(now: number): Promise<void> {
    for (const stream of this.streams.values()) {
      for (let next = stream.waiting[0]; next; next = stream.waiting[0]) {
        if (!stream.timeline.isAligned(next.rtp) && now - next.at < ALIGN_MS) break;
        stream.waiting.shift();
        await next.emit(stream.timeline.serverMs(next.rtp));
      }
    }
    if (this.video) await this.merge(this.video, now - this.mergeDelay());
  }

  /** While a layer still waits for its first report, the others wait for it: it may be the better one. */
  private mergeDelay(): number {
    const waits = [...this.streams.values()].some((stream) => stream.waiting.length > 0);
    return waits ? ALIGN_MS + MERGE_MS : MERGE_MS;
  }

  private async merge(lane: VideoLane, untilAt: number): Promise<void> {
    const due = this.merging.filter((frame) => frame.at <= untilAt);
    if (due.length === 0) return;
    this.merging = this.merging.filter((frame) => frame.at > untilAt);
    due.sort((a, b) => a.capturedMs - b.capturedMs || b.layer - a.layer);
    for (const frame of due) {
      const packet = lane.add(frame);
      if (packet) await this.write(packet);
    }
  }

  private async writeAudio(packets: readonly Omit<MediaPacket, 'key'>[]): Promise<void> {
    for (const packet of packets) await this.write({ ...packet, key: true });
  }

  private async write(packet: MediaPacket): Promise<void> {
    this.file ??= await WebmFile.create(
      this.audio
        ? { kind: 'audio', channels: this.format.channels }
        : { kind: 'video', ...(this.video?.size ?? { width: 0, height: 0 }) },
    );
    await this.file.add(packet);
  }
}
