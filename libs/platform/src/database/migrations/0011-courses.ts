import type { QueryRunner } from 'typeorm';

/** Courses, who is in them, and their class sessions. */
export async function courses(query: QueryRunner): Promise<void> {
  await query.query(`
    create table course (
      tenant_id uuid not null references tenant (id),
      id uuid not null,
      region text not null,
      department_id uuid,
      code text not null check (code <> ''),
      title text not null check (title <> ''),
      term text not null,
      created_by uuid,
      created_at timestamptz not null default now(),
      primary key (tenant_id, id),
      unique (tenant_id, code, term),
      foreign key (tenant_id, department_id) references department (tenant_id, id),
      foreign key (tenant_id, created_by) references person (tenant_id, id)
    )`);
  await query.query(`create index course_by_department on course (tenant_id, department_id)`);
  await query.query(`create index course_by_author on course (tenant_id, created_by)`);
  await query.query(`
    create table enrolment (
      tenant_id uuid not null references tenant (id),
      id uuid not null,
      course_id uuid not null,
      person_id uuid not null,
      role text not null check (role in ('instructor', 'ta', 'student')),
      created_at timestamptz not null default now(),
      primary key (tenant_id, id),
      unique (tenant_id, course_id, person_id),
      foreign key (tenant_id, course_id) references course (tenant_id, id) on delete cascade,
      foreign key (tenant_id, person_id) references person (tenant_id, id)
    )`);
  await query.query(`create index enrolment_by_person on enrolment (tenant_id, person_id)`);
  await query.query(`
    create table class_session (
      tenant_id uuid not null references tenant (id),
      id uuid not null,
      region text not null,
      course_id uuid not null,
      title text not null check (title <> ''),
      starts_at timestamptz not null,
      ends_at timestamptz not null,
      time_zone text not null,
      status text not null default 'planned' check (status in ('planned', 'live', 'ended', 'cancelled')),
      recorded boolean not null,
      opened_at timestamptz,
      closed_at timestamptz,
      created_by uuid,
      created_at timestamptz not null default now(),
      primary key (tenant_id, id),
      foreign key (tenant_id, course_id) references course (tenant_id, id),
      foreign key (tenant_id, created_by) references person (tenant_id, id),
      check (ends_at > starts_at)
    )`);
  await query.query(`create index class_session_by_course on class_session (tenant_id, course_id, starts_at)`);
  await query.query(`create index class_session_by_time on class_session (tenant_id, starts_at)`);
  await query.query(`create index class_session_by_author on class_session (tenant_id, created_by)`);
  for (const table of ['course', 'enrolment', 'class_session']) {
    await query.query(`select lyceum_protect('${table}')`);
  }
}
