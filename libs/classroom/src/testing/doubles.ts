import type { RequestContext } from '@lyceum/platform/context';
import { roles, type Permission, type Role } from '@lyceum/contracts';
import { Authenticator, PermissionPolicy, type Authentication } from '@lyceum/platform/http';
import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { IceServers, type IceServerList } from '../ports/ice-servers.js';
import { MediaGateway, type MediaGatewayEvent, type MediaSeat, type WantedRoom } from '../ports/media-gateway.js';

/** Media that answers with what it was asked and keeps what was wanted. */
@Injectable()
export class RecordingMedia extends MediaGateway {
  readonly wanted: WantedRoom[] = [];
  private readonly listeners = new Set<(event: MediaGatewayEvent) => void>();

  async negotiate(_ctx: RequestContext, seat: MediaSeat, engine: string, payload: unknown): Promise<unknown> {
    return { seat, engine, payload };
  }

  publishWanted(wanted: WantedRoom): void {
    this.wanted.push(wanted);
  }

  forget(): void {}

  onEvent(listener: (event: MediaGatewayEvent) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
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
