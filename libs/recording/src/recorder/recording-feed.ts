import type { MediaToRecorder, PipeEnd } from '@lyceum/contracts';
import { processLogger } from '@lyceum/platform/telemetry';
import type { types } from 'mediasoup';
import type { PieceLimits } from '../journal/piece-builder.js';
import { WorkerClock } from '../mux/clock.js';
import type { BackstagePort } from './backstage-port.js';
import type { OpenRecording } from './backstage.js';
import type { RecordingTransports } from './recorder-worker.js';
import { SegmentJournal } from './segment-journal.js';
import { TrackFeed } from './track-feed.js';

export type TrackFrame = Extract<MediaToRecorder, { t: 'track-open' }>;

/** One incarnation of a recording's pipe, from `open` to `close`, a new `open`, or the loss of the link. */
export class RecordingFeed {
  private readonly clock = new WorkerClock();
  private readonly tracks = new Map<string, TrackFeed>();
  /** What the backstage knows it by. */
  readonly number: number;
  /** Bytes journalled by this feed. */
  bytes = 0;
  /** Why the disk refused the last piece; null once one was written after it. */
  fault: string | null = null;

  constructor(
    private readonly limits: PieceLimits,
    private readonly backstage: BackstagePort,
    private readonly transports: RecordingTransports,
    readonly open: OpenRecording,
  ) {
    this.number = backstage.openRecording(open, Math.max(0, Date.now() - open.roomOpenedAtMs));
  }

  get trackCount(): number {
    return this.tracks.size;
  }

  /** Connects to the room's end of the pipe. @returns this end */
  async connect(remote: PipeEnd): Promise<PipeEnd> {
    const { pipe } = this.transports;
    await pipe.connect({
      ip: remote.ip,
      port: remote.port,
      srtpParameters: remote.srtpParameters as types.SrtpParameters,
    });
    if (!pipe.srtpParameters) throw new Error('a pipe transport with SRTP has keys');
    return { ip: pipe.tuple.localAddress, port: pipe.tuple.localPort, srtpParameters: pipe.srtpParameters };
  }

  /** Starts a segment of a track; one that is open under this id ends first. */
  async openTrack(frame: TrackFrame): Promise<void> {
    await this.closeTrack(frame.trackId);
    const { trackId, participantId, source } = frame;
    const segment = this.backstage.openSegment(
      this.number,
      { participantId, source },
      {
        stored: (bytes) => {
          this.bytes += bytes;
          this.fault = null;
        },
        failed: (reason) => (this.fault = reason),
        keyFrameWanted: () => this.tracks.get(trackId)?.requestKeyFrame(Date.now()),
      },
    );
    const journal = new SegmentJournal(segment, this.limits, this.backstage);
    const log = processLogger().child({ recordingId: this.open.recordingId, source });
    try {
      this.tracks.set(trackId, await TrackFeed.open(this.transports, frame, journal, this.clock, log));
    } catch (error) {
      await journal.close();
      throw error;
    }
  }

  async pauseTrack(trackId: string): Promise<void> {
    await this.tracks.get(trackId)?.pause();
  }

  async resumeTrack(trackId: string): Promise<void> {
    await this.tracks.get(trackId)?.resume();
  }

  /** Ends the track's segment; resolves when it is on the local disk. */
  async closeTrack(trackId: string): Promise<void> {
    const track = this.tracks.get(trackId);
    if (!track) return;
    this.tracks.delete(trackId);
    track.stop();
    await track.journal.close();
  }

  tick(now: number): void {
    for (const track of this.tracks.values()) track.tick(now);
  }

  /** Ends every segment and the pipe; resolves when everything is on the local disk. */
  async close(): Promise<void> {
    await Promise.all([...this.tracks.keys()].map((trackId) => this.closeTrack(trackId)));
    this.transports.router.close();
  }
}
