import type { Role } from '@lyceum/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Why a session ended: signed out, signed in anew, or Keycloak said that it is over. */
export type SessionEnd = 'logout' | 'replaced' | 'refused' | 'expired';

/** A browser that is signed in. */
@Entity('web_session')
export class WebSessionEntity {
  @PrimaryColumn('uuid', { name: 'tenant_id' })
  tenantId!: string;

  @PrimaryColumn('uuid')
  id!: string;

  @Column('text')
  region!: string;

  @Column('uuid', { name: 'person_id' })
  personId!: string;

  @Column('bytea', { name: 'token_hash' })
  tokenHash!: Buffer;

  /** Keycloak's `sid`. */
  @Column('text', { name: 'keycloak_session', nullable: true })
  keycloakSession!: string | null;

  /** As Keycloak said at the last check. */
  @Column('text', { array: true })
  roles!: Role[];

  /** Refresh and ID token, sealed. */
  @Column('bytea', { name: 'sealed_tokens' })
  sealedTokens!: Buffer;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'last_seen_at', default: () => 'now()' })
  lastSeenAt!: Date;

  /** When Keycloak was last asked whether the session still stands. */
  @Column('timestamptz', { name: 'checked_at', default: () => 'now()' })
  checkedAt!: Date;

  @Column('timestamptz', { name: 'expires_at' })
  expiresAt!: Date;

  @Column('timestamptz', { name: 'ended_at', nullable: true })
  endedAt!: Date | null;

  @Column('text', { name: 'end_reason', nullable: true })
  endReason!: SessionEnd | null;
}
