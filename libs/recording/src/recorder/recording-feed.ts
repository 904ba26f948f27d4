import type { MediaToRecorder, PipeEnd } from '@lyceum/contracts';
import type { RequestContext } from '@lyceum/platform/context';
import type { types } from 'mediasoup';
import { SealedJournal } from '../journal/sealed-journal.js';
import { WorkerClock } from '../mux/clock.js';
import type { NewRecording } from '../persistence/recording-rows.js';
import type { PieceUploader } from './piece-uploader.js';
import type { RecorderOptions } from './recorder-options.js';
import type { RecorderWorker, RecordingTransports } from './recorder-worker.js';
import { SegmentJournal } from './segment-journal.js';
import type { OpenRecording, SegmentOpener } from './segment-opener.js';
import { TrackFeed } from './track-feed.js';

export type OpenFrame = Extract<MediaToRecorder, { t: 'open' }>;
export type TrackFrame = Extract<MediaToRecorder, { t: 'track-open' }>;

export interface FeedParts {
  readonly options: RecorderOptions;
  readonly worker: RecorderWorker;
  readonly opener: SegmentOpener;
  readonly sealed: SealedJournal;
  readonly uploader: PieceUploader;
}

/** Where segments go when they end. */
export type SegmentEnded = (journal: SegmentJournal) => void;

/** One incarnation of a recording's pipe, from `open` to `close`, a new `open`, or the loss of the link. */
export class RecordingFeed {
  private readonly clock = new WorkerClock();
  private readonly tracks = new Map<string, TrackFeed>();
  private readonly open: OpenRecording;
  /** Bytes journalled by this feed. */
  bytes = 0;
  /** The last thing that went wrong with the disk; null once a piece was written after it. */
  fault: unknown = null;

  constructor(
    private readonly ctx: RequestContext,
    private readonly parts: FeedParts,
    private readonly transports: RecordingTransports,
    private readonly recording: Promise<NewRecording>,
    frame: OpenFrame,
    private readonly ended: SegmentEnded,
  ) {
    const { recordingId, roomId, roomOpenedAtMs, epoch } = frame;
    this.open = { recordingId, roomId, roomOpenedAtMs, epoch };
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
    const log = this.ctx.log.child({ recordingId: this.open.recordingId, source: frame.source });
    const opened = this.parts.opener.openSegment(this.ctx, this.recording, this.open, {
      participantId: frame.participantId,
      source: frame.source,
    });
    const { options, sealed, uploader } = this.parts;
    const journal: SegmentJournal = new SegmentJournal(
      opened,
      options.pieceLimits,
      sealed,
      {
        stored: (identity, number, bytes) => {
          this.bytes += bytes;
          this.fault = null;
          uploader.enqueue(identity, number);
        },
        keyFrameWanted: () => this.tracks.get(frame.trackId)?.requestKeyFrame(Date.now()),
        failed: (err) => {
          if (this.fault === null) log.error({ err }, 'a piece could not be written');
          this.fault = err;
        },
      },
      log,
    );
    try {
      this.tracks.set(frame.trackId, await TrackFeed.open(this.transports, frame, journal, this.clock, log));
    } catch (error) {
      await journal.close();
      this.ended(journal);
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
    this.ended(track.journal);
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
