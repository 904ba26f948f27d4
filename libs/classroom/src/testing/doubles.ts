import type { RequestContext } from '@lyceum/platform/context';
import { roles, type Permission, type Role } from '@lyceum/contracts';
import { Authenticator, PermissionPolicy, type Authentication } from '@lyceum/platform/http';
import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { IceServers, type IceServerList } from '../ports/ice-servers.js';
import {
  MediaGateway,
  type Crowd,
  type MediaGatewayEvent,
  type MediaSeat,
  type PlacedRoom,
  type RoomNodes,
  type WantedRoom,
} from '../ports/media-gateway.js';

/** Media that answers with what it was asked and keeps what was wanted, on nodes that don't exist. */
@Injectable()
export class RecordingMedia extends MediaGateway {
  readonly wanted: WantedRoom[] = [];
  /** Home of each room as it was told last, and the nodes of its people. */
  readonly nodes = new Map<string, string>();
  readonly seats = new Map<string, Readonly<Record<string, string>>>();
  /** Set: every room belongs on this node. */
  misplacing: string | null = null;
  private readonly listeners = new Set<(event: MediaGatewayEvent) => void>();
  private readonly misplacedListeners = new Set<(roomId: string) => void>();

  async negotiate(_ctx: RequestContext, seat: MediaSeat, engine: string, payload: unknown): Promise<unknown> {
    return { seat, engine, payload };
  }

  /** Home is in the north, and every other region has a node `media-REGION`. */
  place(_roomId: string, { regions }: Crowd, current: RoomNodes | null): RoomNodes {
    const elsewhere = new Set(regions.filter((region) => region !== 'north'));
    const branches = Object.fromEntries([...elsewhere].map((region) => [region, `media-${region}`]));
    return { home: this.misplacing ?? current?.home ?? 'media-1', branches };
  }

  publishWanted({ wanted, home, seats }: PlacedRoom): void {
    this.wanted.push(wanted);
    this.nodes.set(wanted.roomId, home);
    this.seats.set(wanted.roomId, seats);
  }

  forget(): void {}

  onEvent(listener: (event: MediaGatewayEvent) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  onMisplaced(listener: (roomId: string) => void): () => void {
    this.misplacedListeners.add(listener);
    return () => this.misplacedListeners.delete(listener);
  }

  /** From now on the room belongs on `node`, as this process sees it. */
  misplace(roomId: string, node: string): void {
    this.misplacing = node;
    for (const listener of this.misplacedListeners) listener(roomId);
  }

  emit(event: MediaGatewayEvent): void {
    for (const listener of this.listeners) listener(event);
  }

  /** The last word on a room. */
  latest(roomId: string): WantedRoom | undefined {
    return this.wanted
      .filter((wanted) => wanted.roomId === roomId)
      .sort((a, b) => a.version - b.version)
      .at(-1);
  }
}

export class NoIceServers extends IceServers {
  issue(): IceServerList {
    return [{ urls: ['turn:relay.example:3478'], username: 'u', credential: 'c' }];
  }
}

/** Believes `x-test-person: <tenant id> <person id> <role> [<web session>]`: sign-in is identity's own test. */
@Injectable()
export class HeaderAuthenticator extends Authenticator {
  async authenticate(request: Request, tenant: { id: string }): Promise<Authentication> {
    const [tenantId, personId, name, sessionId] = (request.header('x-test-person') ?? '').split(' ');
    if (!personId) return { kind: 'anonymous' };
    if (tenantId !== tenant.id) return { kind: 'foreign' };
    const role = roles.find((known): known is Role => known === name) ?? 'student';
    return { kind: 'person', personId, roles: [role], ...(sessionId !== undefined && { sessionId }) };
  }
}

/** Every permission may come with an enrolment: the aggregates decide. */
@Injectable()
export class EnrolmentPolicy extends PermissionPolicy {
  has(ctx: RequestContext, _permission: Permission): boolean {
    return ctx.actor.kind !== 'anonymous';
  }
}
