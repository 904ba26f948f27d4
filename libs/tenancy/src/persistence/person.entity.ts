import type { Role } from '@lyceum/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A person of an institution as its directory knows them; Keycloak is the truth, this is the last it told us. */
@Entity('person')
export class PersonEntity {
  @PrimaryColumn('uuid', { name: 'tenant_id' })
  tenantId!: string;

  @PrimaryColumn('uuid')
  id!: string;

  @Column('text')
  region!: string;

  /** Keycloak's `sub`: stays when name, user name and address change. */
  @Column('text')
  subject!: string;

  @Column('text')
  username!: string;

  @Column('text', { name: 'display_name' })
  displayName!: string;

  @Column('text', { nullable: true })
  email!: string | null;

  @Column('text', { array: true, default: () => `'{}'` })
  roles!: Role[];

  @Column('uuid', { name: 'department_id', nullable: true })
  departmentId!: string | null;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'last_seen_at', nullable: true })
  lastSeenAt!: Date | null;
}
