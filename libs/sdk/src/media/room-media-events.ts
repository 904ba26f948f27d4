import type { Ephemeral } from '@lyceum/contracts';
import type { LadderView } from './ladder.js';
import type { LocalTrack } from './publisher.js';
import type { RemoteTrack } from './remote-track.js';

/**
 * - `preparing`: no transports yet, or again
 * - `connecting`: prepared; ICE and DTLS are at it
 * - `connected`: both transports work
 * - `closed`: for good, see the event `closed`
 */
export type MediaState = 'idle' | 'preparing' | 'connecting' | 'connected' | 'closed';
export type MediaClosedReason = 'replaced' | 'ended' | 'left';

export type RoomMediaEvents = {
  state: MediaState;
  'track-added': RemoteTrack;
  /** `media` came, or `paused` or `resting` changed. */
  'track-changed': RemoteTrack;
  'track-removed': RemoteTrack;
  local: readonly LocalTrack[];
  /** What is received of others' pictures, and why not all; null while everything is. */
  ladder: LadderView | null;
  /** Who speaks; null in silence. */
  speaker: string | null;
  /** dBov (-127…0) per participant who can be heard now. */
  levels: Readonly<Record<string, number>>;
  ephemeral: Ephemeral & { from: string };
  /** Nothing arrives any more and a new path is looked for: the room's socket has most likely died with the old one. */
  silent: undefined;
  /** Something arrives again: a socket that waits for its next attempt can have it now. */
  back: undefined;
  closed: MediaClosedReason;
  /** Something failed that is tried again by itself; for logs. */
  trouble: unknown;
};
