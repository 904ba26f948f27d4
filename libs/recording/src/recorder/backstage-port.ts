import type { MessagePort } from 'node:worker_threads';
import type { FromBackstage, Interrupted, OpenRecording, OpenTrack, ToBackstage } from './backstage.js';

/** What a segment hears of its pieces. */
export interface SegmentListener {
  stored(bytes: number): void;
  failed(reason: string): void;
  keyFrameWanted(): void;
}

/** The front's end of the port to the backstage. */
export class BackstagePort {
  private next = 1;
  private readonly segments = new Map<number, SegmentListener>();
  private readonly waiting = new Map<number, () => void>();
  private isReady = false;

  /** @param ready called once, with the recordings that an earlier process left running */
  constructor(
    private readonly port: MessagePort,
    private readonly ready: (interrupted: readonly Interrupted[]) => void,
  ) {
    port.on('message', (message: FromBackstage) => this.received(message));
  }

  get backstageIsReady(): boolean {
    return this.isReady;
  }

  /** @returns the recording's number. `startMs` is room time */
  openRecording(open: OpenRecording, startMs: number): number {
    const recording = this.next++;
    this.send({ t: 'open-recording', recording, open, startMs });
    return recording;
  }

  openSegment(recording: number, track: OpenTrack, listener: SegmentListener): number {
    const segment = this.next++;
    this.segments.set(segment, listener);
    this.send({ t: 'open-segment', recording, segment, track });
    return segment;
  }

  piece(segment: number, piece: Buffer): void {
    this.send({ t: 'piece', segment, piece });
  }

  idle(segment: number, now: number): void {
    this.send({ t: 'idle', segment, now });
  }

  /** Resolves when every piece of the segment is on the local disk. */
  async closeSegment(segment: number): Promise<void> {
    const id = this.next++;
    const done = new Promise<void>((resolve) => this.waiting.set(id, resolve));
    this.send({ t: 'close-segment', segment, id });
    await done;
    this.segments.delete(segment);
  }

  finish(recording: number | null, of: Interrupted, endMs: number): void {
    this.send({ t: 'finish', recording, of, endMs });
  }

  private received(message: FromBackstage): void {
    switch (message.t) {
      case 'ready':
        this.isReady = true;
        return this.ready(message.interrupted);
      case 'done':
        this.waiting.get(message.id)?.();
        this.waiting.delete(message.id);
        return;
      case 'stored':
        return this.segments.get(message.segment)?.stored(message.bytes);
      case 'failed':
        return this.segments.get(message.segment)?.failed(message.reason);
      case 'key-frame':
        return this.segments.get(message.segment)?.keyFrameWanted();
    }
  }

  private send(message: ToBackstage): void {
    this.port.postMessage(message);
  }
}
