import { sessionChangeSchema, sessionDetailSchema, sessionParamsSchema } from '@lyceum/contracts';
import type { RequestContext } from '@lyceum/platform/context';
import { Ctx, Endpoint, endpoint, Input, TenantController, type InputOf } from '@lyceum/platform/http';
import { Sessions } from '../application/sessions.js';

const detail = endpoint({
  method: 'GET',
  path: ':sessionId',
  permission: 'session.view',
  params: sessionParamsSchema,
  response: sessionDetailSchema,
  summary: 'A class session, and what the reader may do in it',
});

const change = endpoint({
  method: 'PATCH',
  path: ':sessionId',
  permission: 'session.edit',
  params: sessionParamsSchema,
  body: sessionChangeSchema,
  response: sessionDetailSchema,
  summary: 'Change, cancel or reinstate a planned class session',
});

/** Class sessions by themselves. */
@TenantController('sessions')
export class SessionsController {
  constructor(private readonly sessions: Sessions) {}

  @Endpoint(detail)
  detail(@Ctx() ctx: RequestContext, @Input() { params }: InputOf<typeof detail>) {
    return this.sessions.detail(ctx, params.sessionId);
  }

  @Endpoint(change)
  change(@Ctx() ctx: RequestContext, @Input() { params, body }: InputOf<typeof change>) {
    return this.sessions.change(ctx, params.sessionId, body);
  }
}
