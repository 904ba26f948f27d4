import type { RtpParametersDto, TrackKind } from '@lyceum/contracts';
import type { Logger } from '@lyceum/platform/telemetry';
import type { types } from 'mediasoup';
import { z } from 'zod';
import type { TrackFormat } from '../journal/records.js';
import { ntpToMs } from '../journal/records.js';
import type { WorkerClock } from '../mux/clock.js';
import { ssrcOf } from '../rtp/packet.js';
import type { RecordingTransports } from './recorder-worker.js';
import type { SegmentJournal } from './segment-journal.js';

export interface FeedTrack {
  readonly trackId: string;
  readonly kind: TrackKind;
  readonly rtpParameters: RtpParametersDto;
  readonly paused: boolean;
}

/**
 * Browsers send a key frame only when asked. Every so often is what a replay can seek to, and how long a change to a
 * smaller layer may take; a key frame of a lecture's camera costs about as much as half a second of it.
 */
const KEY_FRAME_EVERY_MS = 10_000;
/** A layer without packets for this long is gone, and the next best one is asked for a key frame to go on with. */
const LAYER_GONE_MS = 700;
/** Wishes for a key frame within this time are one. */
const KEY_FRAME_PAUSE_MS = 1_000;

/** One piped track: its packets and sender reports go into a segment's journal. */
export class TrackFeed {
  private lastKeyFrameAt = 0;
  /** Arrival of the last packet by SSRC; a layer that is gone is taken out. */
  private readonly heard = new Map<number, number>();

  private constructor(
    private readonly producer: types.Producer,
    private readonly consumer: types.Consumer,
    readonly journal: SegmentJournal,
    private readonly log: Logger,
  ) {}

  /** Produces on the pipe, consumes every encoding of it, and starts the journal. */
  static async open(
    { pipe, direct, router }: RecordingTransports,
    track: FeedTrack,
    journal: SegmentJournal,
    clock: WorkerClock,
    log: Logger,
  ): Promise<TrackFeed> {
    const { trackId: id, kind, paused } = track;
    const rtpParameters = track.rtpParameters as types.RtpParameters;
    const producer = await pipe.produce({ id, kind, rtpParameters, paused });
    // An ordinary consumer would choose a layer and shift its time stamps; a pipe consumer hands out all of them as they are.
    const consumer = await direct.consume({
      producerId: id,
      rtpCapabilities: router.rtpCapabilities,
      pipe: true,
      paused: true,
    });
    const feed = new TrackFeed(producer, consumer, journal, log);
    feed.listen(clock);
    await producer.enableTraceEvent(['sr']);
    await consumer.resume();
    feed.requestKeyFrame(Date.now());
    return feed;
  }

  async pause(): Promise<void> {
    await this.producer.pause();
  }

  async resume(): Promise<void> {
    await this.producer.resume();
    this.lastKeyFrameAt = 0;
    this.requestKeyFrame(Date.now());
  }

  /** Call a few times a second. */
  tick(now: number): void {
    this.journal.tick(now);
    if (this.consumer.kind === 'audio' || this.producer.paused) return;
    for (const [ssrc, at] of this.heard) {
      if (now - at < LAYER_GONE_MS) continue;
      this.heard.delete(ssrc);
      this.requestKeyFrame(now);
    }
    // Nothing passes a pipe before a key frame, and the wish for it may have been lost while the pipe was made.
    if (this.heard.size === 0 || now - this.lastKeyFrameAt >= KEY_FRAME_EVERY_MS) this.requestKeyFrame(now);
  }

  requestKeyFrame(now: number): void {
    if (this.consumer.kind === 'audio' || this.consumer.closed || now - this.lastKeyFrameAt < KEY_FRAME_PAUSE_MS)
      return;
    this.lastKeyFrameAt = now;
    this.consumer.requestKeyFrame().catch((err: unknown) => this.log.warn({ err }, 'no key frame could be asked for'));
  }

  /** Stops the flow. The journal is its owner's to close. */
  stop(): void {
    this.consumer.close();
    this.producer.close();
  }

  private listen(clock: WorkerClock): void {
    const format = formatOf(this.consumer);
    const now = Date.now();
    this.journal.add({ kind: 'format', at: now, format });
    const difference = clock.differenceMs;
    if (difference !== null) {
      this.journal.add({ kind: 'clock', at: now, workerMs: now - difference, serverMs: now });
    }
    this.consumer.on('rtp', (packet) => {
      const at = Date.now();
      if (this.consumer.kind === 'video') this.heard.set(ssrcOf(packet), at);
      this.journal.add({ kind: 'rtp', at, packet });
    });
    const ssrcs = ssrcMap(this.producer, this.consumer);
    this.producer.on('trace', (trace) => {
      const report = trace.type === 'sr' ? reportOf(trace.info, ssrcs) : null;
      if (!report) return;
      const at = Date.now();
      clock.add(ntpToMs(report.ntpSeconds, report.ntpFraction), at);
      this.journal.add({ kind: 'sr', at, ...report });
    });
  }
}

function formatOf(consumer: types.Consumer): TrackFormat {
  const codec = consumer.rtpParameters.codecs[0];
  if (!codec) throw new Error('a consumer has a codec');
  const { mimeType, payloadType, clockRate, channels = 1 } = codec;
  return { mimeType, payloadType, clockRate, channels, ssrcs: ssrcsOf(consumer.rtpParameters) };
}

const ssrcsOf = ({ encodings = [] }: types.RtpParameters): number[] =>
  encodings.flatMap((encoding) => encoding.ssrc ?? []);

/** Sender reports name the SSRC as it came in, packets the one that the consumer sends: both are in order of the layers. */
function ssrcMap(producer: types.Producer, consumer: types.Consumer): ReadonlyMap<number, number> {
  const sent = ssrcsOf(consumer.rtpParameters);
  return new Map(ssrcsOf(producer.rtpParameters).map((ssrc, layer) => [ssrc, sent[layer] ?? ssrc]));
}

/** `info` of the worker's `sr` trace, which mediasoup types as a plain record. */
const reportSchema = z.object({
  ssrc: z.number(),
  ntpSec: z.number(),
  ntpFrac: z.number(),
  rtpTs: z.number(),
  packetCount: z.number(),
  octetCount: z.number(),
});

function reportOf(trace: unknown, ssrcs: ReadonlyMap<number, number>) {
  const info = reportSchema.parse(trace);
  const ssrc = ssrcs.get(info.ssrc);
  if (ssrc === undefined) return null;
  return {
    ssrc,
    ntpSeconds: info.ntpSec,
    ntpFraction: info.ntpFrac,
    rtpTimestamp: info.rtpTs,
    packets: info.packetCount,
    octets: info.octetCount,
  };
}
