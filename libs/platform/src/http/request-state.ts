import type { IncomingMessage } from 'node:http';
import type { RequestContext } from '../context/index.js';

/** Kept beside the request, not on it: nothing of a client can end up here. */
const contexts = new WeakMap<IncomingMessage, RequestContext>();

/** Replaces the context of a request, e.g. by one inside of the handler's transaction. */
export function setContext(request: IncomingMessage, ctx: RequestContext): void {
  contexts.set(request, ctx);
}

export const findContext = (request: IncomingMessage): RequestContext | undefined => contexts.get(request);

/** @throws Error when the guard has not run: then the route is not one of ours. */
export function contextOf(request: IncomingMessage): RequestContext {
  const ctx = contexts.get(request);
  if (!ctx) throw new Error('the request has no context: it did not pass RequestGuard');
  return ctx;
}
