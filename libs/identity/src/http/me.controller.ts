import { logoutResultSchema, meSchema, type Me } from '@lyceum/contracts';
import type { RequestContext } from '@lyceum/platform/context';
import {
  Ctx,
  Endpoint,
  endpoint,
  Http,
  sessionCookie,
  TenantController,
  type HttpExchange,
} from '@lyceum/platform/http';
import { SignOut } from '../application/sign-out.js';
import { WhoAmI } from '../application/who-am-i.js';
import { cookieOptions, readSessionCookie } from '../sessions/cookies.js';

const me = endpoint({
  method: 'GET',
  path: 'me',
  permission: 'signed-in',
  response: meSchema,
  summary: 'Who is signed in, and what they may do in the institution',
});

const logout = endpoint({
  method: 'POST',
  path: 'auth/logout',
  permission: 'public',
  response: logoutResultSchema,
  status: 200,
  summary: 'End the session of this browser',
  transaction: 'none',
});

/** The person of this browser or token. */
@TenantController()
export class MeController {
  constructor(
    private readonly whoAmI: WhoAmI,
    private readonly signOut: SignOut,
  ) {}

  @Endpoint(me)
  me(@Ctx() ctx: RequestContext): Promise<Me> {
    return this.whoAmI.of(ctx);
  }

  @Endpoint(logout)
  async logout(@Ctx() ctx: RequestContext, @Http() { request, response }: HttpExchange) {
    const next = await this.signOut.run(ctx, readSessionCookie(request.headers.cookie));
    response.clearCookie(sessionCookie, cookieOptions);
    return { next };
  }
}
