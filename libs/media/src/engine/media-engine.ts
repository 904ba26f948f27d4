import type { ActualRoom, MediaEvent, NodeLoad, RoomPlace, WantedRoom } from '@lyceum/contracts';

/** What an engine tells its surroundings. Listeners must not throw. */
export interface MediaEngineListener {
  /** For the browsers of the participants in `to`. */
  event(roomId: string, to: readonly string[], event: MediaEvent): void;
  /** A room changed; also told once after it was closed, with nothing in it. */
  actual(actual: ActualRoom): void;
}

/**
 * What carries the media of rooms on this node. Drivers: mediasoup. Negotiation is opaque to everybody but the driver and
 * its client side; `wanted` and `actual` are the same for all.
 */
export interface MediaEngine {
  /** As in the `engine` field of media frames. */
  readonly name: string;

  start(): Promise<void>;
  /** Closes every room. Idempotent. */
  close(): void;
  listen(listener: MediaEngineListener): void;

  /**
   * Answers one request of a participant's browser; a repetition answers as the first did.
   * @throws LyceumError MEDIA.*
   */
  negotiate(roomId: string, participantId: string, payload: unknown): Promise<unknown>;

  /** Makes the room become as wanted, now and after every accident, until a newer version arrives. Returns at once. */
  apply(wanted: WantedRoom, place: RoomPlace): void;

  /** The room is another node's by `version`: its recording is let go of at once, its seats close after `afterMs`. */
  release(roomId: string, version: number, afterMs: number): void;

  /** Gives up every room and forgets what was wanted, without a word to anyone. */
  abandon(): void;

  rooms(): ActualRoom[];
  load(): NodeLoad;
}
