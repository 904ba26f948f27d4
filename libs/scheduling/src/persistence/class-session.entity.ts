import type { SessionStatus } from '@lyceum/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One scheduled meeting of a course. */
@Entity('class_session')
export class ClassSessionEntity {
  @PrimaryColumn('uuid', { name: 'tenant_id' })
  tenantId!: string;

  @PrimaryColumn('uuid')
  id!: string;

  @Column('text')
  region!: string;

  @Column('uuid', { name: 'course_id' })
  courseId!: string;

  @Column('text')
  title!: string;

  @Column('timestamptz', { name: 'starts_at' })
  startsAt!: Date;

  @Column('timestamptz', { name: 'ends_at' })
  endsAt!: Date;

  @Column('text', { name: 'time_zone' })
  timeZone!: string;

  @Column('text', { default: 'planned' })
  status!: SessionStatus;

  @Column('boolean')
  recorded!: boolean;

  /** When its room was opened and closed; the plan stays as it was. */
  @Column('timestamptz', { name: 'opened_at', nullable: true })
  openedAt!: Date | null;

  @Column('timestamptz', { name: 'closed_at', nullable: true })
  closedAt!: Date | null;

  @Column('uuid', { name: 'created_by', nullable: true })
  createdBy!: string | null;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt!: Date;
}
