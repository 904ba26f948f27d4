import type { MediaTrack, SeatPriority } from '@lyceum/contracts';
import type { RoomPipes } from '../cascade/room-pipes.js';
import type { RoomRecording } from '../recorder/room-recording.js';
import type { PublishedTrack } from './published-track.js';
import type { RoomLayers } from './room-layers.js';
import type { RoomSound } from './room-sound.js';

/** The tracks of a room's incarnation, with all that follows them: voices, the recording, layers, other nodes. */
export class RoomTracks {
  private readonly tracks = new Map<string, PublishedTrack>();

  constructor(
    private readonly sound: RoomSound,
    private readonly recording: RoomRecording,
    private readonly layers: RoomLayers,
    private readonly pipes: RoomPipes,
  ) {}

  get(trackId: string): PublishedTrack | undefined {
    return this.tracks.get(trackId);
  }

  all(): Iterable<PublishedTrack> {
    return this.tracks.values();
  }

  list(priorityOf: (participantId: string) => SeatPriority | null): MediaTrack[] {
    return [...this.tracks.values()].map((track) => track.describe(priorityOf(track.participantId)));
  }

  of(participantId: string): PublishedTrack[] {
    return [...this.tracks.values()].filter((track) => track.participantId === participantId);
  }

  /** What a person published from the same source before, here or at another node. */
  before({ participantId, source, trackId }: PublishedTrack): PublishedTrack[] {
    return this.of(participantId).filter((track) => track.source === source && track.trackId !== trackId);
  }

  add(track: PublishedTrack): void {
    this.tracks.set(track.trackId, track);
    this.sound.add(track);
    this.recording.trackOpened(track);
    this.layers.add(track);
    this.pipes.offer(track);
  }

  paused(track: PublishedTrack): void {
    this.sound.paused(track);
    this.pipes.paused(track);
  }

  /** False when it was gone already. */
  remove(track: PublishedTrack): boolean {
    const { trackId } = track;
    if (!this.tracks.delete(trackId)) return false;
    this.layers.remove(trackId);
    track.close();
    this.sound.remove(trackId);
    this.recording.trackClosed(trackId);
    this.pipes.retract(trackId);
    return true;
  }

  clear(): void {
    this.tracks.clear();
  }
}
