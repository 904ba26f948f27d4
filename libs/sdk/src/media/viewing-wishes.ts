import type { RemoteTrack } from './remote-track.js';
import type { MediaSession } from './session.js';

/** What the server was told of a track last; null for what it may not have heard. */
interface Told {
  readonly wanted: boolean | null;
  readonly layer: number | null;
}

/** Of a new consumer the server knows that it rests. */
const NEW: Told = { wanted: false, layer: null };

/** Tells the server what this browser wants of others' tracks, in as few words as it takes. */
export class ViewingWishes {
  private readonly told = new WeakMap<RemoteTrack, Told>();

  /** @throws Error when the server did not hear or refused; what was to be said is said again with the next call. */
  async tell(session: MediaSession, remotes: readonly RemoteTrack[]): Promise<void> {
    const attached = remotes.filter((remote) => remote.attached);
    const woken = attached.filter((remote) => remote.wanted && this.of(remote).wanted !== true);
    const rested = attached.filter((remote) => !remote.wanted && this.of(remote).wanted !== false);
    // A picture that is not wanted has no layer that matters.
    const layered = attached.filter(
      (remote) => remote.wanted && remote.hasLayers && this.of(remote).layer !== remote.layer,
    );
    // At once, since the next change is told against this one; the server does them in order.
    for (const remote of woken) this.note(remote, { wanted: true });
    for (const remote of rested) this.note(remote, { wanted: false });
    for (const remote of layered) this.note(remote, { layer: remote.layer });
    try {
      await Promise.all([
        ...layered.map(({ trackId, layer }) => session.ask('setPreferredLayers', { trackId, spatial: layer })),
        woken.length > 0 && session.ask('resumeConsumer', { trackIds: woken.map(({ trackId }) => trackId) }),
        rested.length > 0 && session.ask('pauseConsumer', { trackIds: rested.map(({ trackId }) => trackId) }),
      ]);
    } catch (error) {
      for (const remote of [...woken, ...rested]) this.note(remote, { wanted: null });
      for (const remote of layered) this.note(remote, { layer: null });
      throw error;
    }
  }

  private of(remote: RemoteTrack): Told {
    return this.told.get(remote) ?? NEW;
  }

  private note(remote: RemoteTrack, change: Partial<Told>): void {
    this.told.set(remote, { ...this.of(remote), ...change });
  }
}
