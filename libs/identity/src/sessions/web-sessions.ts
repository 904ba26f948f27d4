import { randomUUID } from 'node:crypto';
import type { Role } from '@lyceum/contracts';
import { Audit } from '@lyceum/platform/audit';
import type { RequestContext } from '@lyceum/platform/context';
import { Database } from '@lyceum/platform/database';
import { Fanout } from '@lyceum/platform/fanout';
import { Injectable } from '@nestjs/common';
import { IsNull } from 'typeorm';
import { sessionEndedChannel, type SessionEnded } from '../events/session-ended.js';
import type { Tokens } from '../keycloak/realm-endpoints.js';
import { hashSecret, newSessionCookie, type SessionCookie } from './cookies.js';
import { Sealers } from './sealers.js';
import { sealTokens } from './session-tokens.js';
import { WebSessionEntity, type SessionEnd } from './web-session.entity.js';

/** Hours after which a person signs in again whatever they do: a day of teaching, but no laptop left in the library. */
export const SESSION_HOURS = 12;
/** Days that an ended session is kept to answer questions about it. */
const KEEP_DAYS = 30;

export interface SignedIn {
  personId: string;
  roles: readonly Role[];
  keycloakSession: string | undefined;
  tokens: Tokens;
}

/** The rows behind the cookies. Every method runs in the transaction of its context unless it says otherwise. */
@Injectable()
export class WebSessions {
  constructor(
    private readonly sealers: Sealers,
    private readonly database: Database,
    private readonly audit: Audit,
    private readonly fanout: Fanout,
  ) {}

  async start(ctx: RequestContext, signedIn: SignedIn): Promise<SessionCookie> {
    const cookie = newSessionCookie(ctx.tenant.id);
    const id = randomUUID();
    await ctx.manager.insert(WebSessionEntity, {
      tenantId: ctx.tenant.id,
      id,
      region: ctx.tenant.region,
      personId: signedIn.personId,
      tokenHash: hashSecret(cookie.secret),
      keycloakSession: signedIn.keycloakSession ?? null,
      roles: [...signedIn.roles],
      sealedTokens: sealTokens(this.sealers.tokens, signedIn.tokens, id),
      expiresAt: new Date(Date.now() + SESSION_HOURS * 3_600_000),
    });
    await this.#forgetOld(ctx);
    await this.audit.record(ctx, { action: 'session.started', target: { kind: 'web-session', id }, outcome: 'done' });
    return cookie;
  }

  /** The session behind a cookie's secret, or null when there is none, it has ended or is too old. */
  async find(ctx: RequestContext, secret: string): Promise<WebSessionEntity | null> {
    const tokenHash = hashSecret(secret);
    const session = await ctx.manager.findOneBy(WebSessionEntity, {
      tenantId: ctx.tenant.id,
      tokenHash,
      endedAt: IsNull(),
    });
    return session && session.expiresAt.getTime() > Date.now() ? session : null;
  }

  /** Ends a session and tells the sockets; one that has ended stays as it was. */
  async end(ctx: RequestContext, sessionId: string, reason: SessionEnd): Promise<void> {
    const tenantId = ctx.tenant.id;
    const rows = await ctx.manager.query<{ person_id: string }[][]>(
      `update web_session set ended_at = now(), end_reason = $3
        where tenant_id = $1 and id = $2 and ended_at is null returning person_id`,
      [tenantId, sessionId, reason],
    );
    const [ended] = rows[0] ?? [];
    if (!ended) return;
    const target = { kind: 'web-session', id: sessionId };
    await this.audit.record(ctx, { action: 'session.ended', target, outcome: 'done', detail: { reason } });
    const message: SessionEnded = { tenantId, sessionId, personId: ended.person_id, reason };
    await this.database.afterCommit(ctx, () => this.fanout.publish(sessionEndedChannel, message));
  }

  /** The hour of signing in is as good as any to clean up, and needs no timer. */
  async #forgetOld(ctx: RequestContext): Promise<void> {
    await ctx.manager.query(
      `delete from web_session where tenant_id = $1 and expires_at < now() - make_interval(days => $2)`,
      [ctx.tenant.id, KEEP_DAYS],
    );
  }
}
