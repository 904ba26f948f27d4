import type { QueryRunner } from 'typeorm';

/**
 * Rooms and their logs. The row of the room is the sequencer: whoever appends holds its lock, so numbers have no gaps and
 * no crash can use one twice. Events are never changed; what has to be forgotten lives in participant and room_text.
 */
export async function rooms(query: QueryRunner): Promise<void> {
  await query.query(`
    create table room (
      tenant_id uuid not null references tenant (id),
      id uuid not null,
      region text not null,
      course_id uuid not null,
      session_id uuid not null,
      recorded boolean not null default false,
      head integer not null default 0 check (head >= 0),
      -- Counts changes of who is at the device check, which the log does not tell: with the head, media's version.
      seats_version integer not null default 0,
      last_at timestamptz(3) not null default now(),
      opened_at timestamptz(3),
      ended_at timestamptz(3),
      created_at timestamptz not null default now(),
      primary key (tenant_id, id),
      unique (tenant_id, session_id),
      foreign key (tenant_id, session_id) references class_session (tenant_id, id)
    );
    create index room_open on room (tenant_id) where ended_at is null;
    select lyceum_protect('room');

    -- A person's seat. The name as it was is personal content: erasure sets it to null and the log still folds.
    create table participant (
      tenant_id uuid not null,
      id uuid not null,
      room_id uuid not null,
      person_id uuid not null,
      role text not null check (role in ('instructor', 'ta', 'student', 'guest')),
      name text,
      -- Seat tokens of an earlier epoch open nothing.
      seat_epoch integer not null default 0,
      removed_at timestamptz,
      -- As the log says; kept here so that lost seats and attendance are found without folding every room.
      present boolean not null default false,
      attended boolean not null default false,
      seen_at timestamptz not null default now(),
      created_at timestamptz not null default now(),
      primary key (tenant_id, id),
      unique (tenant_id, room_id, id),
      unique (tenant_id, room_id, person_id),
      foreign key (tenant_id, room_id) references room (tenant_id, id),
      foreign key (tenant_id, person_id) references person (tenant_id, id)
    );
    create index participant_present on participant (tenant_id, seen_at) where present;
    select lyceum_protect('participant');

    create table room_event (
      tenant_id uuid not null,
      room_id uuid not null,
      number integer not null check (number > 0),
      at timestamptz(3) not null,
      type text not null,
      version smallint not null check (version > 0),
      -- Null for the system and for anonymous events.
      actor_id uuid,
      audience jsonb not null,
      payload jsonb not null,
      primary key (tenant_id, room_id, number),
      foreign key (tenant_id, room_id) references room (tenant_id, id),
      foreign key (tenant_id, room_id, actor_id) references participant (tenant_id, room_id, id)
    );
    create index room_event_chat on room_event (tenant_id, room_id, number) where type = 'chat.posted';
    -- Rows go when retention removes the room; none is ever rewritten.
    select lyceum_protect('room_event', 'select, insert, delete');

    -- First result of every command, so that a repeated id gets it again. Anonymous commands keep no participant.
    create table room_command (
      tenant_id uuid not null,
      room_id uuid not null,
      id uuid not null,
      participant_id uuid,
      type text not null,
      number integer not null,
      result jsonb not null,
      primary key (tenant_id, room_id, id),
      foreign key (tenant_id, room_id) references room (tenant_id, id),
      foreign key (tenant_id, room_id, participant_id) references participant (tenant_id, room_id, id)
    );
    select lyceum_protect('room_command', 'select, insert, delete');

    -- Free text that events refer to by id.
    create table room_text (
      tenant_id uuid not null,
      id uuid not null,
      room_id uuid not null,
      author_id uuid,
      kind text not null check (kind in ('chat', 'poll')),
      body text not null,
      created_at timestamptz not null default now(),
      primary key (tenant_id, id),
      foreign key (tenant_id, room_id) references room (tenant_id, id),
      foreign key (tenant_id, room_id, author_id) references participant (tenant_id, room_id, id)
    );
    create index room_text_of_room on room_text (tenant_id, room_id);
    select lyceum_protect('room_text');

    -- A fold of the log up to a number. Only ever a shortcut: it may be deleted at any time.
    create table room_snapshot (
      tenant_id uuid not null,
      room_id uuid not null,
      number integer not null,
      version smallint not null,
      state jsonb not null,
      primary key (tenant_id, room_id),
      foreign key (tenant_id, room_id) references room (tenant_id, id)
    );
    select lyceum_protect('room_snapshot');

    -- That someone answered a poll, apart from what they answered.
    create table poll_voter (
      tenant_id uuid not null,
      room_id uuid not null,
      poll_id uuid not null,
      participant_id uuid not null,
      primary key (tenant_id, room_id, poll_id, participant_id),
      foreign key (tenant_id, room_id, participant_id) references participant (tenant_id, room_id, id)
    );
    select lyceum_protect('poll_voter', 'select, insert, delete');
  `);
}
