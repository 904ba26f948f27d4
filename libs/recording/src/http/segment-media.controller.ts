import { segmentParamsSchema } from '@lyceum/contracts';
import type { RequestContext } from '@lyceum/platform/context';
import {
  Ctx,
  Endpoint,
  endpoint,
  Http,
  Input,
  TenantController,
  type HttpExchange,
  type InputOf,
} from '@lyceum/platform/http';
import { StreamableFile } from '@nestjs/common';
import { RecordingAccess } from '../access/recording-access.js';
import { SegmentMedia } from '../application/segment-media.js';
import { recordingError } from '../domain/errors.js';
import { parseRange } from './byte-range.js';

const media = endpoint({
  method: 'GET',
  path: ':recordingId/segments/:segmentId/media',
  permission: 'recording.view',
  params: segmentParamsSchema,
  response: 'stream',
  summary: 'A segment’s WebM file, or a range of it',
});

@TenantController('recordings')
export class SegmentMediaController {
  constructor(
    private readonly access: RecordingAccess,
    private readonly segments: SegmentMedia,
  ) {}

  @Endpoint(media)
  async media(@Ctx() ctx: RequestContext, @Input() { params }: InputOf<typeof media>, @Http() http: HttpExchange) {
    const { recordingId, segmentId } = params;
    await this.access.requireRecording(ctx, recordingId);
    const file = await this.segments.open(ctx, recordingId, segmentId);
    const range = parseRange(http.request.headers.range, file.bytes);
    const { response } = http;
    response.setHeader('accept-ranges', 'bytes');
    // Decrypted for this person alone; nothing between here and their screen may keep it.
    response.setHeader('cache-control', 'private, no-store');
    if (range === 'unsatisfiable') {
      response.setHeader('content-range', `bytes */${file.bytes}`);
      throw recordingError('RECORDING.RANGE');
    }
    if (range) {
      response.status(206);
      response.setHeader('content-range', `bytes ${range.start}-${range.end - 1}/${file.bytes}`);
    }
    const { start, end } = range ?? { start: 0, end: file.bytes };
    return new StreamableFile(file.read({ start, end }), { type: file.mime, length: end - start });
  }
}
