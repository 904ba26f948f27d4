import type { RequestContext } from '@lyceum/platform/context';
import {
  Ctx,
  Endpoint,
  endpoint,
  Http,
  Input,
  sessionCookie,
  TenantPageController,
  type HttpExchange,
  type InputOf,
} from '@lyceum/platform/http';
import { z } from 'zod';
import { SignInFailed } from '../application/sign-in-failed.js';
import { SignIn } from '../application/sign-in.js';
import { SignOut } from '../application/sign-out.js';
import { cookieOptions, formatSessionCookie, readCookie, readSessionCookie } from '../sessions/cookies.js';
import { attemptCookie, LOGIN_MINUTES } from '../sessions/login-attempt.js';
import { SESSION_HOURS } from '../sessions/web-sessions.js';

const text = z.string().max(4_000).optional();

const login = endpoint({
  method: 'GET',
  path: 'login',
  permission: 'public',
  query: z.object({ returnTo: text }),
  response: 'redirect',
  summary: 'Sign in with the institution',
  transaction: 'none',
});

const callback = endpoint({
  method: 'GET',
  path: 'callback',
  permission: 'public',
  query: z.object({ state: z.string().min(12).max(200), code: text, error: text, iss: text }),
  response: 'redirect',
  summary: 'Where Keycloak sends the browser after signing in',
  transaction: 'none',
});

const logout = endpoint({
  method: 'GET',
  path: 'logout',
  permission: 'public',
  response: 'redirect',
  summary: 'Sign out by a link of the portal',
  transaction: 'none',
});

/** Pages that a browser passes through while signing in and out; failures lead back to the portal, which explains. */
@TenantPageController('auth')
export class AuthPagesController {
  constructor(
    private readonly signIn: SignIn,
    private readonly signOut: SignOut,
  ) {}

  @Endpoint(login)
  login(@Ctx() ctx: RequestContext, @Input() input: InputOf<typeof login>, @Http() { response }: HttpExchange) {
    const { url, state, sealed } = this.signIn.begin(ctx, input.query.returnTo);
    response.cookie(attemptCookie(state), sealed, { ...cookieOptions, maxAge: LOGIN_MINUTES * 60_000 });
    response.setHeader('cache-control', 'no-store');
    return url;
  }

  @Endpoint(callback)
  async callback(
    @Ctx() ctx: RequestContext,
    @Input() input: InputOf<typeof callback>,
    @Http() { request, response }: HttpExchange,
  ) {
    const name = attemptCookie(input.query.state);
    const header = request.headers.cookie;
    response.clearCookie(name, cookieOptions);
    response.setHeader('cache-control', 'no-store');
    try {
      const cookies = { attempt: readCookie(header, name), session: readSessionCookie(header) };
      const { session, returnTo } = await this.signIn.complete(ctx, input.query, cookies);
      const maxAge = SESSION_HOURS * 3_600_000;
      response.cookie(sessionCookie, formatSessionCookie(session), { ...cookieOptions, maxAge });
      return returnTo;
    } catch (error) {
      if (!(error instanceof SignInFailed)) throw error;
      const query = new URLSearchParams({ problem: error.reason });
      if (error.returnTo !== undefined) query.set('returnTo', error.returnTo);
      return `/t/${ctx.tenant.slug}/sign-in?${query}`;
    }
  }

  @Endpoint(logout)
  async logout(@Ctx() ctx: RequestContext, @Http() { request, response }: HttpExchange) {
    response.setHeader('cache-control', 'no-store');
    // Any page may link here and Lax cookies come along: only our own pages may sign somebody out.
    if (request.headers['sec-fetch-site'] !== 'same-origin') return `/t/${ctx.tenant.slug}/`;
    const next = await this.signOut.run(ctx, readSessionCookie(request.headers.cookie));
    response.clearCookie(sessionCookie, cookieOptions);
    return next;
  }
}
