import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A key of one recording and participant, or of one other object, wrapped by a tenant key. */
@Entity('data_key')
export class DataKeyEntity {
  @PrimaryColumn('uuid', { name: 'tenant_id' })
  tenantId!: string;

  @PrimaryColumn('uuid')
  id!: string;

  @Column('text')
  region!: string;

  @Column('integer', { name: 'tenant_key_version' })
  tenantKeyVersion!: number;

  @Column('text')
  kind!: string;

  /** Null once destroyed. */
  @Column('bytea', { nullable: true })
  wrapped!: Buffer | null;

  @Column('uuid', { name: 'course_id', nullable: true })
  courseId!: string | null;

  @Column('uuid', { name: 'session_id', nullable: true })
  sessionId!: string | null;

  @Column('uuid', { name: 'recording_id', nullable: true })
  recordingId!: string | null;

  @Column('uuid', { name: 'participant_id', nullable: true })
  participantId!: string | null;

  @Column('uuid', { name: 'person_id', nullable: true })
  personId!: string | null;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'destroyed_at', nullable: true })
  destroyedAt!: Date | null;
}
