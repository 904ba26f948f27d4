import { randomUUID } from 'node:crypto';
import { RoomDirectory } from '@lyceum/classroom';
import type { RequestContext } from '@lyceum/platform/context';
import { Database } from '@lyceum/platform/database';
import { notFound } from '@lyceum/platform/errors';
import { DataKeys } from '@lyceum/platform/keys';
import { EncryptedObjects } from '@lyceum/platform/storage';
import { processLogger } from '@lyceum/platform/telemetry';
import { Injectable } from '@nestjs/common';
import type { SegmentIdentity } from '../domain/segment-identity.js';
import { SealedJournal } from '../journal/sealed-journal.js';
import { RecordingRows, type NewRecording } from '../persistence/recording-rows.js';
import { SegmentRows } from '../persistence/segment-rows.js';
import type { OpenRecording, OpenTrack } from '../recorder/backstage.js';
import { withBackoff } from './backoff.js';
import { BackstageOptions } from './backstage-options.js';
import type { OpenedSegment } from './live-segment.js';
import { PieceUploader } from './piece-uploader.js';
import { SegmentFile } from './segment-file.js';
import { SegmentSettler } from './segment-settler.js';
import { TenantContexts } from './tenant-contexts.js';

/** A recording that has its row. */
export interface OpenedRecording {
  /** However long it takes. @throws LyceumError when it is refused for good */
  openSegment(track: OpenTrack): Promise<OpenedSegment>;
}

interface ParticipantKey {
  readonly dataKeyId: string;
  readonly key: Buffer;
}

/**
 * For as long as it takes: packets wait in memory meanwhile, and a class of an hour must not be lost to a late start. A
 * refusal ends it at once, or packets would wait for nothing.
 */
const FOR_EVER = Infinity;

/** Makes the rows and the key of recordings and segments, however long database and keys take to answer. */
@Injectable()
export class SegmentOpener {
  /** Microphone and camera open at the same moment and must not make a key each. */
  private readonly gettingKeys = new Map<string, Promise<ParticipantKey>>();

  constructor(
    private readonly options: BackstageOptions,
    private readonly contexts: TenantContexts,
    private readonly uploader: PieceUploader,
    private readonly rooms: RoomDirectory,
    private readonly database: Database,
    private readonly recordings: RecordingRows,
    private readonly segments: SegmentRows,
    private readonly keys: DataKeys,
    private readonly objects: EncryptedObjects,
    private readonly journal: SealedJournal,
    private readonly settler: SegmentSettler,
  ) {}

  /**
   * The recording's row; `startMs` is the room time at which its media began to be asked for.
   * @throws LyceumError when it is refused: the institution is closed, the room is not there
   */
  async openRecording(open: OpenRecording, startMs: number): Promise<OpenedRecording> {
    const log = processLogger();
    const { ctx, row } = await withBackoff(log, 'opening a recording', FOR_EVER, async () => {
      const ctx = await this.contexts.of(open.tenantId);
      return { ctx, row: await this.database.transaction(ctx, 'write', (tx) => this.begin(tx, open, startMs)) };
    });
    return { openSegment: (track) => this.openSegment(ctx, row, open, track) };
  }

  private async begin(ctx: RequestContext, open: OpenRecording, startMs: number): Promise<NewRecording> {
    const room = await this.rooms.find(ctx, open.roomId);
    if (!room) throw notFound('room', open.roomId);
    const { sessionId, courseId } = room;
    const { recordingId: id, roomId, roomOpenedAtMs } = open;
    const recorder = this.options.instance;
    const recording = { id, roomId, roomOpenedAtMs, sessionId, courseId, recorder, startMs };
    await this.recordings.begin(ctx, recording);
    return recording;
  }

  /**
   * A segment of a track, ready to be written: its key is durable before this resolves.
   * @throws LyceumError when it is refused: the participant's key is destroyed
   */
  private async openSegment(
    ctx: RequestContext,
    recording: NewRecording,
    open: OpenRecording,
    track: OpenTrack,
  ): Promise<OpenedSegment> {
    const { dataKeyId, key } = await this.sharedKeyOf(ctx, recording, track);
    const segmentId = randomUUID();
    this.settler.claim(segmentId);
    const identity = await withBackoff(ctx.log, 'opening a segment', FOR_EVER, () =>
      this.database.transaction(ctx, 'write', async (tx): Promise<SegmentIdentity> => {
        const trackId = await this.recordings.ensureTrack(tx, { recordingId: recording.id, ...track });
        const { tenantId, recordingId, epoch, roomOpenedAtMs } = open;
        const made = { tenantId, recordingId, ...track, trackId, segmentId, epoch, dataKeyId, roomOpenedAtMs };
        await this.segments.open(tx, made);
        return made;
      }),
    );
    await withBackoff(ctx.log, 'making room on disk', FOR_EVER, () => this.journal.local.create(identity));
    const file = new SegmentFile(ctx, this.objects, identity, randomUUID().slice(0, 8));
    return {
      file,
      write: async (number, piece) => {
        await this.journal.write(identity, key, number, piece);
        this.uploader.enqueue(identity, number);
      },
      finish: (fileIsWhole) => this.settler.settle(identity, fileIsWhole ? file : null),
    };
  }

  private async sharedKeyOf(ctx: RequestContext, recording: NewRecording, track: OpenTrack): Promise<ParticipantKey> {
    const name = `${recording.id}/${track.participantId}`;
    const running =
      this.gettingKeys.get(name) ??
      withBackoff(ctx.log, 'getting a key', FOR_EVER, () => this.keyOf(ctx, recording, track));
    this.gettingKeys.set(name, running);
    try {
      return await running;
    } finally {
      this.gettingKeys.delete(name);
    }
  }

  /** One key per recording and participant: found when there is one, made and then agreed upon when not. */
  private async keyOf(
    ctx: RequestContext,
    recording: NewRecording,
    { participantId }: OpenTrack,
  ): Promise<ParticipantKey> {
    const { id: recordingId, sessionId, courseId } = recording;
    const known = await this.database.transaction(ctx, 'read', (tx) =>
      this.recordings.dataKeyOf(tx, recordingId, participantId),
    );
    if (known) return { dataKeyId: known, key: await this.keys.open(ctx, known) };
    const subject = { kind: 'recording.track', recordingId, participantId, sessionId, courseId };
    const made = await this.keys.create(ctx, subject);
    const dataKeyId = await this.database.transaction(ctx, 'write', (tx) =>
      this.recordings.addParticipant(tx, recordingId, participantId, made.id),
    );
    if (dataKeyId === made.id) return { dataKeyId, key: made.key };
    await this.keys.destroy(ctx, { id: made.id });
    return { dataKeyId, key: await this.keys.open(ctx, dataKeyId) };
  }
}
