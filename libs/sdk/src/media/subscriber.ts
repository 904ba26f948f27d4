import type { MediaTrack, SeatPriority } from '@lyceum/contracts';
import type { types } from 'mediasoup-client';
import type { Rung } from './ladder.js';
import { needsOf, shareOf } from './picture-share.js';
import { RemoteTrack, type TileSize } from './remote-track.js';
import type { MediaSession } from './session.js';
import { ViewingWishes } from './viewing-wishes.js';

export interface SubscriberEvents {
  added(track: RemoteTrack): void;
  changed(track: RemoteTrack): void;
  removed(track: RemoteTrack): void;
  /** Something meant could not be made so in a living session. */
  failed(error: unknown): void;
}

/**
 * What this browser receives: every track of the room is subscribed, and runs while it is sound, or on screen and the rung of the
 * ladder leaves something of it.
 */
export class Subscriber {
  private readonly tracks = new Map<string, RemoteTrack>();
  private readonly wishes = new ViewingWishes();
  private rung: Rung = 'full';
  /** Who spoke last. */
  private speaker: string | null = null;
  private session: MediaSession | undefined;
  private toldCapabilities = false;

  constructor(private readonly events: SubscriberEvents) {}

  get all(): ReadonlyMap<string, RemoteTrack> {
    return this.tracks;
  }

  async attach(session: MediaSession, tracks: readonly MediaTrack[]): Promise<void> {
    this.detach();
    this.session = session;
    this.toldCapabilities = false;
    await this.replaceAll(tracks);
  }

  detach(): void {
    this.session = undefined;
    for (const trackId of [...this.tracks.keys()]) this.remove(trackId);
  }

  /** The room's tracks as they are: what is gone is removed, what is new subscribed. */
  async replaceAll(tracks: readonly MediaTrack[]): Promise<void> {
    const current = new Set(tracks.map((track) => track.trackId));
    for (const trackId of [...this.tracks.keys()]) if (!current.has(trackId)) this.remove(trackId);
    for (const track of tracks) {
      this.tracks.get(track.trackId)?.setPriority(track.priority);
      this.setPaused(track.trackId, track.paused);
    }
    await this.add(tracks.filter((track) => !this.tracks.get(track.trackId)?.attached));
    // Words that were lost with the socket.
    await this.tell([...this.tracks.values()]);
  }

  async add(tracks: readonly MediaTrack[]): Promise<void> {
    const { session } = this;
    if (!session || tracks.length === 0) return;
    for (const track of tracks) {
      if (this.tracks.has(track.trackId)) continue;
      const remote = new RemoteTrack(track);
      remote.setShare(shareOf(remote, this.rung, this.speaker));
      this.tracks.set(track.trackId, remote);
      this.events.added(remote);
    }
    await this.guard(session, () =>
      this.consume(
        session,
        tracks.map((track) => track.trackId),
      ),
    );
  }

  remove(trackId: string): void {
    const remote = this.tracks.get(trackId);
    if (!remote) return;
    this.tracks.delete(trackId);
    remote.attached?.close();
    this.events.removed(remote);
  }

  setPaused(trackId: string, paused: boolean): void {
    const remote = this.tracks.get(trackId);
    if (remote?.setPaused(paused)) this.events.changed(remote);
  }

  /** Its owner became someone whose pictures come first, or ceased to be. */
  async setPriority(trackId: string, priority: SeatPriority | null): Promise<void> {
    this.tracks.get(trackId)?.setPriority(priority);
    await this.shareOut();
  }

  /** The tile of a track appeared, changed size or left the screen. */
  async resize(trackId: string, size: TileSize): Promise<void> {
    const remote = this.tracks.get(trackId);
    if (!remote) return;
    remote.resize(size);
    await this.tell([remote]);
  }

  /** What each rung of the ladder needs for the pictures that are on screen, bit/s. */
  get needs(): Readonly<Record<Rung, number>> {
    const shown = [...this.tracks.values()].filter((remote) => remote.shown);
    return needsOf(shown, this.speaker);
  }

  async setRung(rung: Rung): Promise<void> {
    this.rung = rung;
    await this.shareOut();
  }

  /** Null for silence, in which who spoke last stays in the picture. */
  async setSpeaker(participantId: string | null): Promise<void> {
    if (participantId === null || participantId === this.speaker) return;
    this.speaker = participantId;
    await this.shareOut();
  }

  /** Lets pictures that come as stills flow for the next image, or not any more. */
  async setFlowing(flowing: boolean): Promise<void> {
    for (const remote of this.tracks.values()) remote.setFlowing(flowing);
    await this.tell([...this.tracks.values()]);
  }

  private async shareOut(): Promise<void> {
    const all = [...this.tracks.values()];
    for (const remote of all) {
      if (remote.setShare(shareOf(remote, this.rung, this.speaker))) this.events.changed(remote);
    }
    await this.tell(all);
  }

  private async tell(remotes: readonly RemoteTrack[]): Promise<void> {
    const { session } = this;
    if (session) await this.guard(session, () => this.wishes.tell(session, remotes));
  }

  private async consume(session: MediaSession, trackIds: string[]): Promise<void> {
    const capabilities = this.toldCapabilities ? {} : { rtpCapabilities: capabilitiesOf(session) };
    const { consumers } = await session.ask('consume', { trackIds, ...capabilities });
    this.toldCapabilities = true;
    const attached = await Promise.all(
      consumers.map(async ({ id, trackId, kind, rtpParameters }) => {
        const parameters = rtpParameters as types.RtpParameters;
        // Sound and picture of one person in one stream are kept in step by the browser; the screen is a stream of its own.
        const remote = this.tracks.get(trackId);
        const streamId = `${remote?.participantId}-${remote?.source.startsWith('screen') ? 'screen' : 'person'}`;
        const consumer = await session.recv.consume({
          id,
          producerId: trackId,
          kind,
          rtpParameters: parameters,
          streamId,
        });
        if (this.session !== session || !remote || this.tracks.get(trackId) !== remote) {
          consumer.close();
          return null;
        }
        remote.attach(consumer);
        return remote;
      }),
    );
    const remotes = attached.filter((remote) => remote !== null);
    await this.tell(remotes);
    for (const remote of remotes) this.events.changed(remote);
  }

  /** Errors of a session that was replaced meanwhile are nobody's concern. */
  private async guard(session: MediaSession, action: () => Promise<void>): Promise<void> {
    try {
      await action();
    } catch (error) {
      if (this.session !== session || session.isClosed) return;
      this.events.failed(error);
      throw error;
    }
  }
}

function capabilitiesOf(session: MediaSession) {
  const { codecs = [], headerExtensions = [] } = session.device.recvRtpCapabilities;
  return { codecs, headerExtensions };
}
