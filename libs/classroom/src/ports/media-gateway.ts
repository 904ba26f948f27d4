import type { ParticipantRole, SeatPriority } from '@lyceum/contracts';
import type { RequestContext } from '@lyceum/platform/context';

/** The seat that negotiates: proven by its seat token, so media can trust it. */
export interface MediaSeat {
  readonly tenantId: string;
  readonly roomId: string;
  readonly participantId: string;
  readonly role: ParticipantRole;
}

/** What a seat should be sending; the tracks that really flow are told by media. */
export interface WantedSeat {
  readonly present: boolean;
  readonly audio: boolean;
  readonly video: boolean;
  readonly screen: boolean;
  /** Whose pictures come first where a path doesn't carry all. */
  readonly priority: SeatPriority | null;
}

export interface WantedRecording {
  readonly recordingId: string;
  readonly tenantId: string;
  readonly sessionId: string;
  readonly roomId: string;
  /** Room time zero: server clock, ms since the Unix epoch. */
  readonly roomOpenedAtMs: number;
  readonly paused: boolean;
}

/** What media should make true for one room. Higher versions win; of equal ones the later. */
export interface WantedRoom {
  readonly tenantId: string;
  readonly roomId: string;
  readonly version: number;
  readonly ended: boolean;
  /**
   * Who may know what is published: people in the room, and (`present: false`) people at the device check whom no lobby
   * holds. Who was listed and is not any more has left for good.
   */
  readonly seats: Readonly<Record<string, WantedSeat>>;
  readonly recording: WantedRecording | null;
}

/** What media tells the clients of a room. `participantIds` null: everyone in it. */
export interface MediaGatewayEvent {
  readonly roomId: string;
  readonly participantIds: readonly string[] | null;
  readonly engine: string;
  readonly payload: unknown;
}

/**
 * Port to the media plane. The room knows no engine: negotiation is opaque to it. The api app wires this to media's
 * client; it also serves as the injection token.
 */
export abstract class MediaGateway {
  /** One negotiation step of a seat. Resolves with the engine's answer; throws a coded error when media is away. */
  abstract negotiate(ctx: RequestContext, seat: MediaSeat, engine: string, payload: unknown): Promise<unknown>;

  /** The media node where a room should be that is on `current` (null: on none yet) and whose people are in `region`. */
  abstract place(roomId: string, region: string, current: string | null): string;

  /** Tells media what should be and on which node, now and after every reconnect until `forget`. Never throws. */
  abstract publishWanted(wanted: WantedRoom, node: string): void;

  /** This process serves the room no more; others may, and the room itself goes on. */
  abstract forget(roomId: string): void;

  /** Hears of rooms that should be placed anew, again and again until they are. Returns how to stop listening. */
  abstract onMisplaced(listener: (roomId: string) => void): () => void;

  /** Returns how to stop listening. */
  abstract onEvent(listener: (event: MediaGatewayEvent) => void): () => void;
}
