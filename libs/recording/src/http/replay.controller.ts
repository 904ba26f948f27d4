import { replaySchema, sessionParamsSchema } from '@lyceum/contracts';
import type { RequestContext } from '@lyceum/platform/context';
import { Ctx, Endpoint, endpoint, Input, TenantController, type InputOf } from '@lyceum/platform/http';
import { Replays } from '../application/replays.js';

const view = endpoint({
  method: 'GET',
  path: ':sessionId/replay',
  permission: 'recording.view',
  params: sessionParamsSchema,
  response: replaySchema,
  // Looking is audited in the same transaction.
  transaction: 'write',
  summary: 'The index of a session’s recordings in room time, and its log as the viewer may see it',
});

@TenantController('sessions')
export class ReplayController {
  constructor(private readonly replays: Replays) {}

  @Endpoint(view)
  view(@Ctx() ctx: RequestContext, @Input() { params }: InputOf<typeof view>) {
    return this.replays.view(ctx, params.sessionId);
  }
}
