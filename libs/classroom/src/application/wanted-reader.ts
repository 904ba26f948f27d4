import { Injectable } from '@nestjs/common';
import { RequestContext, type Tenant } from '@lyceum/platform/context';
import { Database } from '@lyceum/platform/database';
import { wantedFrom } from '../domain/wanted.js';
import { ParticipantRows, type PersonsRegion } from '../persistence/participant-rows.js';
import { PlacementRows } from '../persistence/placement-rows.js';
import { RoomRows } from '../persistence/room-rows.js';
import { MediaGateway, type PlacedRoom, type RoomNodes } from '../ports/media-gateway.js';
import { RoomFolds } from './room-folds.js';
import { PREPARING_MS } from './presence-times.js';

interface Served {
  readonly nodes: RoomNodes;
  readonly seats: Readonly<Record<string, string>>;
}

/** What media should be doing, read from the log and from who is at the device check; writes down where. */
@Injectable()
export class WantedReader {
  constructor(
    private readonly database: Database,
    private readonly rooms: RoomRows,
    private readonly participants: ParticipantRows,
    private readonly folds: RoomFolds,
    private readonly placements: PlacementRows,
    private readonly media: MediaGateway,
  ) {}

  /** Of one room as it is now; null when the tenant has no such room, or media never had it and it has ended. */
  async of(tenant: Tenant, roomId: string): Promise<PlacedRoom | null> {
    return this.read(tenant, (tx) => this.one(tx, roomId));
  }

  /** Of every open room, and of those that ended within `endedWithinMs`. */
  async all(tenant: Tenant, endedWithinMs: number): Promise<PlacedRoom[]> {
    const roomIds = await this.read(tenant, (tx) => this.rooms.current(tx, endedWithinMs));
    const placed: PlacedRoom[] = [];
    // One transaction each: it holds the room's place, and nobody shall wait for all of them.
    for (const roomId of roomIds) {
      const one = await this.of(tenant, roomId);
      if (one) placed.push(one);
    }
    return placed;
  }

  /** Nodes of rooms; those that were never placed are missing. */
  async places(tenant: Tenant, roomIds: readonly string[]): Promise<ReadonlyMap<string, RoomNodes>> {
    return this.database.transaction(RequestContext.system(tenant, 'wanted-reader'), 'read', (tx) =>
      this.placements.of(tx, roomIds),
    );
  }

  private async one(tx: RequestContext, roomId: string): Promise<PlacedRoom | null> {
    // The place comes first and stays locked: of two versions the higher one knows the newer place.
    const served = await this.serve(tx, roomId);
    if (!served) return null;
    // Then the version: what follows may be newer than it says, never older. Whoever made it newer tells media too, with a
    // higher version, so what is told last is true.
    const version = await this.rooms.nextWantedVersion(tx);
    // Who comes in between these reads is in both, and never in neither: that would close their transports.
    const preparing = await this.participants.preparing(tx, roomId, PREPARING_MS);
    const room = await this.rooms.find(tx, roomId);
    if (!room) return null;
    const { state } = await this.folds.at(tx, roomId, room.head);
    const wanted = wantedFrom(tx.tenant.id, roomId, version, state, preparing);
    return { wanted, home: served.nodes.home, branches: served.nodes.branches, seats: served.seats };
  }

  /** A room that has ended gets no new place. Who comes after this look has no node yet, and is in the next one. */
  private async serve(tx: RequestContext, roomId: string): Promise<Served | null> {
    const room = await this.rooms.find(tx, roomId);
    if (!room) return null;
    if (room.endedAt !== null) {
      const nodes = (await this.placements.of(tx, [roomId])).get(roomId);
      return nodes ? { nodes, seats: {} } : null;
    }
    let people: readonly PersonsRegion[] = [];
    const nodes = await this.placements.settle(tx, roomId, async (current) => {
      people = await this.participants.regions(tx, roomId, PREPARING_MS);
      const regions = people.map(({ region }) => region).filter((region) => region !== null);
      return this.media.place(roomId, { region: tx.tenant.region, regions }, current);
    });
    const nodeOf = (region: string | null) => (region === null ? undefined : nodes.branches[region]) ?? nodes.home;
    return { nodes, seats: Object.fromEntries(people.map(({ id, region }) => [id, nodeOf(region)])) };
  }

  /** A write transaction, since PostgreSQL gives no number of a sequence to a reader. */
  private read<T>(tenant: Tenant, fn: (tx: RequestContext) => Promise<T>): Promise<T> {
    return this.database.transaction(RequestContext.system(tenant, 'wanted-reader'), 'write', fn);
  }
}
