import type { CourseRole } from '@lyceum/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A person's part in a course. */
@Entity('enrolment')
export class EnrolmentEntity {
  @PrimaryColumn('uuid', { name: 'tenant_id' })
  tenantId!: string;

  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid', { name: 'course_id' })
  courseId!: string;

  @Column('uuid', { name: 'person_id' })
  personId!: string;

  @Column('text')
  role!: CourseRole;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt!: Date;
}
