import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Audience, CommandResult, ParticipantRole, RoomState } from '@lyceum/contracts';

/** The live place of a class session. `head` is the number of its last event. */
@Entity('room')
export class RoomEntity {
  @PrimaryColumn('uuid', { name: 'tenant_id' }) tenantId!: string;
  @PrimaryColumn('uuid') id!: string;
  @Column('text') region!: string;
  @Column('uuid', { name: 'course_id' }) courseId!: string;
  @Column('uuid', { name: 'session_id' }) sessionId!: string;
  /** As the session said when the room was opened. */
  @Column('boolean', { default: false }) recorded!: boolean;
  @Column('integer', { default: 0 }) head!: number;
  @Column('timestamp with time zone', { name: 'last_at', precision: 3 }) lastAt!: Date;
  @Column('timestamp with time zone', { name: 'opened_at', precision: 3, nullable: true }) openedAt!: Date | null;
  @Column('timestamp with time zone', { name: 'ended_at', precision: 3, nullable: true }) endedAt!: Date | null;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
}

@Entity('participant')
export class ParticipantEntity {
  @PrimaryColumn('uuid', { name: 'tenant_id' }) tenantId!: string;
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'room_id' }) roomId!: string;
  @Column('uuid', { name: 'person_id' }) personId!: string;
  @Column('text') role!: ParticipantRole;
  @Column('text', { nullable: true }) name!: string | null;
  @Column('integer', { name: 'seat_epoch', default: 0 }) seatEpoch!: number;
  @Column('timestamptz', { name: 'removed_at', nullable: true }) removedAt!: Date | null;
  @Column('text', { nullable: true }) region!: string | null;
  @Column('boolean', { default: false }) present!: boolean;
  @Column('boolean', { default: false }) attended!: boolean;
  @Column('timestamptz', { name: 'seen_at' }) seenAt!: Date;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
}

@Entity('room_event')
export class RoomEventEntity {
  @PrimaryColumn('uuid', { name: 'tenant_id' }) tenantId!: string;
  @PrimaryColumn('uuid', { name: 'room_id' }) roomId!: string;
  @PrimaryColumn('integer') number!: number;
  @Column('timestamp with time zone', { precision: 3 }) at!: Date;
  @Column('text') type!: string;
  @Column('smallint') version!: number;
  @Column('uuid', { name: 'actor_id', nullable: true }) actorId!: string | null;
  @Column('jsonb') audience!: Audience;
  @Column('jsonb') payload!: object;
}

@Entity('room_command')
export class RoomCommandEntity {
  @PrimaryColumn('uuid', { name: 'tenant_id' }) tenantId!: string;
  @PrimaryColumn('uuid', { name: 'room_id' }) roomId!: string;
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'participant_id', nullable: true }) participantId!: string | null;
  @Column('text') type!: string;
  @Column('integer') number!: number;
  @Column('jsonb') result!: CommandResult;
}

@Entity('room_text')
export class RoomTextEntity {
  @PrimaryColumn('uuid', { name: 'tenant_id' }) tenantId!: string;
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'room_id' }) roomId!: string;
  @Column('uuid', { name: 'author_id', nullable: true }) authorId!: string | null;
  @Column('text') kind!: 'chat' | 'poll';
  @Column('text') body!: string;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
}

@Entity('room_snapshot')
export class RoomSnapshotEntity {
  @PrimaryColumn('uuid', { name: 'tenant_id' }) tenantId!: string;
  @PrimaryColumn('uuid', { name: 'room_id' }) roomId!: string;
  @Column('integer') number!: number;
  @Column('smallint') version!: number;
  @Column('jsonb') state!: RoomState;
}

@Entity('poll_voter')
export class PollVoterEntity {
  @PrimaryColumn('uuid', { name: 'tenant_id' }) tenantId!: string;
  @PrimaryColumn('uuid', { name: 'room_id' }) roomId!: string;
  @PrimaryColumn('uuid', { name: 'poll_id' }) pollId!: string;
  @PrimaryColumn('uuid', { name: 'participant_id' }) participantId!: string;
}

export const classroomEntities = [
  RoomEntity,
  ParticipantEntity,
  RoomEventEntity,
  RoomCommandEntity,
  RoomTextEntity,
  RoomSnapshotEntity,
  PollVoterEntity,
];
