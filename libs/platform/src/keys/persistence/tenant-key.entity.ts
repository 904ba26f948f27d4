import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A version of a tenant's key in a region, wrapped by the root key. */
@Entity('tenant_key')
export class TenantKeyEntity {
  @PrimaryColumn('uuid', { name: 'tenant_id' })
  tenantId!: string;

  @PrimaryColumn('text')
  region!: string;

  @PrimaryColumn('integer')
  version!: number;

  @Column('bytea')
  wrapped!: Buffer;

  @Column('text', { name: 'root_key_id' })
  rootKeyId!: string;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt!: Date;
}
