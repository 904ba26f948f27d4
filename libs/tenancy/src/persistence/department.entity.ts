import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A unit inside an institution; courses belong to one. */
@Entity('department')
export class DepartmentEntity {
  @PrimaryColumn('uuid', { name: 'tenant_id' })
  tenantId!: string;

  @PrimaryColumn('uuid')
  id!: string;

  @Column('text')
  name!: string;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt!: Date;
}
