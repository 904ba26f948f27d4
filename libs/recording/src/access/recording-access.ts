import type { RequestContext } from '@lyceum/platform/context';
import { Database } from '@lyceum/platform/database';
import { notFound } from '@lyceum/platform/errors';
import { SessionAccess } from '@lyceum/scheduling';
import { Injectable } from '@nestjs/common';
import { RecordingRows, type RecordingRow } from '../persistence/recording-rows.js';

/** The only way to a recording: through the session it was made of. */
@Injectable()
export class RecordingAccess {
  constructor(
    private readonly database: Database,
    private readonly sessions: SessionAccess,
    private readonly recordings: RecordingRows,
  ) {}

  /**
   * @throws RESOURCE.NOT_FOUND when there is none, it is another institution's, or the actor has nothing to do with its
   *   course; AUTH.FORBIDDEN when they know the session but may not watch
   */
  async requireRecording(ctx: RequestContext, recordingId: string): Promise<RecordingRow> {
    return this.database.transaction(ctx, 'read', async (tx) => {
      const recording = await this.recordings.find(tx, recordingId);
      if (!recording) throw notFound('recording', recordingId);
      await this.sessions.requireSession(tx, recording.sessionId, 'recording.view');
      return recording;
    });
  }
}
