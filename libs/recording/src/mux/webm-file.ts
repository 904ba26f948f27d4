import {
  EncodedAudioPacketSource,
  EncodedPacket,
  EncodedVideoPacketSource,
  Output,
  StreamTarget,
  WebMOutputFormat,
  type StreamTargetChunk,
} from 'mediabunny';
import { OPUS_RATE, opusHead } from './opus.js';

export type WebmTrack =
  | { readonly kind: 'audio'; readonly channels: number }
  | { readonly kind: 'video'; readonly width: number; readonly height: number };

export interface MediaPacket {
  readonly data: Uint8Array;
  readonly key: boolean;
  /** Seconds since the start of the file. */
  readonly timestamp: number;
  readonly duration: number;
}

/** Bytes of the file that will not change any more. */
export interface FilePart {
  readonly offset: number;
  readonly data: Buffer;
}

/** Least length. Video starts a cluster at a key frame only, so that every entry of the seek index decodes. */
const CLUSTER_SECONDS = { audio: 5, video: 2 } as const;

/**
 * A WebM file that is handed out while it grows. Clusters are final as soon as the next begins; the head (with duration and
 * the place of the seek index) and the index at the end come last. So nearly all of a class is encrypted and stored when it
 * ends, and the file still seeks like one written at once.
 */
export class WebmFile {
  private readonly output: Output;
  private readonly add_: (packet: EncodedPacket) => Promise<void>;
  private head = Buffer.alloc(0);
  private headBytes = Infinity;
  private clustersEnd = 0;
  private ending = false;
  private last: FilePart[] = [];
  private ready: FilePart[] = [];

  private constructor(track: WebmTrack) {
    const format = new WebMOutputFormat({
      minimumClusterDuration: CLUSTER_SECONDS[track.kind],
      onSegmentHeader: (data, position) => (this.headBytes = position + data.length),
      onCluster: (data, position) => this.onCluster(Buffer.from(data), position),
    });
    const target = new StreamTarget(new WritableStream<StreamTargetChunk>({ write: (chunk) => this.onWrite(chunk) }));
    this.output = new Output({ format, target });
    this.add_ = track.kind === 'audio' ? this.addAudioTrack(track.channels) : this.addVideoTrack(track);
  }

  static async create(track: WebmTrack): Promise<WebmFile> {
    const file = new WebmFile(track);
    await file.output.start();
    return file;
  }

  async add({ data, key, timestamp, duration }: MediaPacket): Promise<void> {
    await this.add_(new EncodedPacket(data, key ? 'key' : 'delta', timestamp, duration));
  }

  /** Clusters finished since the last call; each once. */
  take(): FilePart[] {
    return this.ready.splice(0);
  }

  /** Ends the file. @returns what `take` did not give: the last clusters, the index behind them, and the head at offset 0 */
  async finish(): Promise<FilePart[]> {
    this.ending = true;
    await this.output.finalize();
    const index = this.last
      .map(({ offset, data }) => {
        const cut = Math.max(0, this.clustersEnd - offset);
        return { offset: offset + cut, data: data.subarray(cut) };
      })
      .filter((part) => part.data.length > 0);
    return [...this.take(), ...index, { offset: 0, data: this.head }];
  }

  private addAudioTrack(channels: number): (packet: EncodedPacket) => Promise<void> {
    const source = new EncodedAudioPacketSource('opus');
    this.output.addAudioTrack(source);
    const description = opusHead(channels);
    const decoderConfig = { codec: 'opus', sampleRate: OPUS_RATE, numberOfChannels: channels, description };
    return (packet) => source.add(packet, { decoderConfig });
  }

  private addVideoTrack({
    width,
    height,
  }: {
    width: number;
    height: number;
  }): (packet: EncodedPacket) => Promise<void> {
    const source = new EncodedVideoPacketSource('vp8');
    this.output.addVideoTrack(source);
    const decoderConfig = { codec: 'vp8', codedWidth: width, codedHeight: height };
    return (packet) => source.add(packet, { decoderConfig });
  }

  private onCluster(data: Buffer, position: number): void {
    this.clustersEnd = position + data.length;
    this.ready.push({ offset: position, data });
  }

  /** Keeps what is not a cluster: the head, which is patched at the end, and what is written behind the last cluster. */
  private onWrite({ data, position }: StreamTargetChunk): void {
    if (position < this.headBytes) this.writeHead(Buffer.from(data), position);
    if (this.ending) this.last.push({ offset: position, data: Buffer.from(data) });
  }

  private writeHead(data: Buffer, position: number): void {
    const part = data.subarray(0, this.headBytes - position);
    const end = position + part.length;
    if (end > this.head.length) this.head = Buffer.concat([this.head], end);
    part.copy(this.head, position);
  }
}
