import type { QueryRunner } from 'typeorm';

/**
 * Recordings: what was journalled (pieces), what plays (segments and the parts of their files), and whom it is about. Key
 * ids have no foreign key: destroying a key must not depend on these rows, nor take them along.
 */
export async function recordings(query: QueryRunner): Promise<void> {
  await query.query(`
    create table recording (
      tenant_id uuid not null references tenant (id),
      id uuid not null,
      region text not null,
      course_id uuid not null,
      session_id uuid not null,
      room_id uuid not null,
      -- Retention and export find what they look for by kind.
      kind text not null default 'recording',
      status text not null check (status in ('recording', 'finishing', 'ready', 'failed')),
      -- Room time zero, milliseconds since the epoch on the server's clock.
      room_opened_ms double precision not null,
      -- Room time, milliseconds.
      start_ms double precision not null check (start_ms >= 0),
      end_ms double precision check (end_ms >= start_ms),
      -- The recorder that holds its journal on local disk.
      recorder text not null,
      created_at timestamptz not null default now(),
      ready_at timestamptz,
      primary key (tenant_id, id),
      foreign key (tenant_id, course_id) references course (tenant_id, id),
      foreign key (tenant_id, session_id) references class_session (tenant_id, id),
      foreign key (tenant_id, room_id) references room (tenant_id, id)
    );
    create index recording_by_session on recording (tenant_id, session_id);
    create index recording_by_course on recording (tenant_id, course_id);
    create index recording_by_room on recording (tenant_id, room_id);
    create index recording_open on recording (tenant_id, recorder) where status in ('recording', 'finishing');
    select lyceum_protect('recording');

    -- Whom a recording is about, and the data key of theirs in it.
    create table recording_participant (
      tenant_id uuid not null,
      recording_id uuid not null,
      participant_id uuid not null,
      data_key_id uuid not null,
      primary key (tenant_id, recording_id, participant_id),
      foreign key (tenant_id, recording_id) references recording (tenant_id, id),
      foreign key (tenant_id, participant_id) references participant (tenant_id, id)
    );
    create index recording_participant_by_person on recording_participant (tenant_id, participant_id);
    select lyceum_protect('recording_participant');

    create table recording_track (
      tenant_id uuid not null,
      id uuid not null,
      recording_id uuid not null,
      participant_id uuid not null,
      source text not null check (source in ('mic', 'camera', 'screen', 'screen-audio')),
      primary key (tenant_id, id),
      unique (tenant_id, recording_id, id),
      unique (tenant_id, recording_id, participant_id, source),
      foreign key (tenant_id, recording_id, participant_id)
        references recording_participant (tenant_id, recording_id, participant_id)
    );
    select lyceum_protect('recording_track');

    create table recording_segment (
      tenant_id uuid not null,
      id uuid not null,
      recording_id uuid not null,
      track_id uuid not null,
      data_key_id uuid not null,
      -- Incarnation of the worker whose clock stamps the sender reports.
      epoch text not null,
      status text not null check (status in ('open', 'closed', 'playable', 'empty', 'damaged')),
      mime text,
      start_ms double precision check (start_ms >= 0),
      duration_ms double precision check (duration_ms >= 0),
      bytes bigint check (bytes >= 0),
      width integer,
      height integer,
      -- Pieces named by the manifest; null until it is stored.
      pieces integer check (pieces >= 0),
      created_at timestamptz not null default now(),
      primary key (tenant_id, id),
      unique (tenant_id, recording_id, id),
      foreign key (tenant_id, recording_id, track_id) references recording_track (tenant_id, recording_id, id),
      check (status <> 'playable' or (mime is not null and start_ms is not null and duration_ms is not null and bytes is not null))
    );
    create index recording_segment_by_track on recording_segment (tenant_id, recording_id, track_id);
    select lyceum_protect('recording_segment');

    create table recording_piece (
      tenant_id uuid not null,
      segment_id uuid not null,
      number integer not null check (number > 0),
      object text not null,
      bytes integer not null check (bytes > 0),
      sha256 bytea not null check (octet_length(sha256) = 32),
      primary key (tenant_id, segment_id, number),
      foreign key (tenant_id, segment_id) references recording_segment (tenant_id, id) on delete cascade
    );
    select lyceum_protect('recording_piece');

    -- Stretches of a segment's file; together they cover it without gap.
    create table recording_part (
      tenant_id uuid not null,
      segment_id uuid not null,
      number integer not null check (number > 0),
      object text not null,
      byte_offset bigint not null check (byte_offset >= 0),
      bytes integer not null check (bytes > 0),
      primary key (tenant_id, segment_id, number),
      foreign key (tenant_id, segment_id) references recording_segment (tenant_id, id) on delete cascade
    );
    select lyceum_protect('recording_part');
  `);
}
