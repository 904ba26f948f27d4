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

/** The media nodes of a room, by their ids. */
export interface RoomNodes {
  readonly home: string;
  /** By region: people of that region are served by this node, all others at home. */
  readonly branches: Readonly<Record<string, string>>;
}

/** Whom a room is for. */
export interface Crowd {
  /** Of the institution. */
  readonly region: string;
  /** Of everyone in the room or on the way into it whose region is known. */
  readonly regions: readonly string[];
}

/** What media should be doing for a room, and the nodes that should do it. */
export interface PlacedRoom extends RoomNodes {
  readonly wanted: WantedRoom;
  /** Node of everyone in the room or on the way into it, by participant. */
  readonly seats: Readonly<Record<string, string>>;
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

  /** The media nodes that should serve a room that is on `current` (null: on none yet), for these people. */
  abstract place(roomId: string, crowd: Crowd, current: RoomNodes | null): RoomNodes;

  /** Tells media what should be and on which nodes, now and after every reconnect until `forget`. Never throws. */
  abstract publishWanted(placed: PlacedRoom): void;

  /** This process serves the room no more; others may, and the room itself goes on. */
  abstract forget(roomId: string): void;

  /** Hears of rooms that should be placed anew, again and again until they are. Returns how to stop listening. */
  abstract onMisplaced(listener: (roomId: string) => void): () => void;

  /** Returns how to stop listening. */
  abstract onEvent(listener: (event: MediaGatewayEvent) => void): () => void;
}
