import type { ActualRecording, WantedRecording } from '@lyceum/contracts';
import type { Logger } from '@lyceum/platform/telemetry';
import type { types } from 'mediasoup';
import type { PublishedTrack } from '../mediasoup/published-track.js';
import { RecordingPipe } from './recording-pipe.js';
import type { RecorderClient } from './recorder-client.js';

/** What a recording needs to know of its room's incarnation. */
export interface RecordedRoom {
  readonly roomId: string;
  /** Names the clock of the sender reports. */
  readonly epoch: string;
  readonly router: types.Router;
  /** Where the pipe listens: loopback when the recorder is on this host. */
  readonly pipeIp: string;
}

/** Keeps a room's pipe to the recorder in line with `wanted.recording`, through every loss of either side. */
export class RoomRecording {
  private readonly tracks = new Map<string, PublishedTrack>();
  private wanted: WantedRecording | null = null;
  private pipe: RecordingPipe | undefined;

  constructor(
    private readonly room: RecordedRoom,
    private readonly client: RecorderClient,
    private readonly log: Logger,
    private readonly changed: () => void,
  ) {}

  want(wanted: WantedRecording | null): void {
    this.wanted = wanted;
    if (this.pipe && this.pipe.recordingId !== wanted?.recordingId) this.finish();
    if (wanted && !this.pipe) {
      this.pipe = new RecordingPipe(wanted, this.room, this.client, this.log, this.changed);
      this.pipe.start();
    }
    this.pipe?.setTracks(wanted?.paused ? [] : this.tracks.values());
  }

  trackOpened(track: PublishedTrack): void {
    this.tracks.set(track.trackId, track);
    if (!this.wanted?.paused) this.pipe?.setTracks(this.tracks.values());
  }

  trackClosed(trackId: string): void {
    this.tracks.delete(trackId);
    if (!this.wanted?.paused) this.pipe?.setTracks(this.tracks.values());
  }

  actual(): ActualRecording | null {
    if (!this.wanted || !this.pipe) return null;
    const actual = this.pipe.actual();
    return this.wanted.paused && actual.state === 'recording' ? { ...actual, state: 'paused' } : actual;
  }

  /** The class is over: the recorder finishes what it has. */
  end(): void {
    this.finish();
    this.tracks.clear();
  }

  /** This incarnation is over, the recording is not: the next one opens it again, into new segments. */
  close(): void {
    this.pipe?.abandon();
    this.pipe = undefined;
    this.tracks.clear();
  }

  private finish(): void {
    this.pipe?.stop();
    this.pipe = undefined;
  }
}
