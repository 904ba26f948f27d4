import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { DynamicModule } from '@nestjs/common';
import { LoggerModule } from 'nestjs-pino';
import { actorIds } from '../context/index.js';
import { processLogger, safeError } from '../telemetry/index.js';
import { findContext } from './request-state.js';

const quiet = new Set(['/healthz', '/readyz']);
/** What we accept as a request id from the edge: enough for a UUID or a trace id, nothing that could forge a line. */
const requestIdPattern = /^[\w-]{8,64}$/;

/** One line per request with method, path without query (it can hold codes), status, time and ids; no bodies, no headers. */
export function requestLogging(): DynamicModule {
  return LoggerModule.forRoot({
    pinoHttp: {
      logger: processLogger(),
      genReqId: (request) => request.id,
      quietReqLogger: true,
      autoLogging: { ignore: (request) => quiet.has(request.url ?? '') },
      customLogLevel: (_request, response, error) => (error || response.statusCode >= 500 ? 'warn' : 'info'),
      customProps: (request) => ids(request),
      wrapSerializers: false,
      serializers: {
        err: (error: unknown) => safeError(error),
        req: (request: { method: string; url: string; originalUrl?: string }) => ({
          method: request.method,
          path: pathOf(request.originalUrl ?? request.url),
        }),
        res: (response: { statusCode: number }) => ({ status: response.statusCode }),
      },
    },
  });
}

/** First of all middleware: a request has an id before anything about it can fail. */
export function assignRequestId(request: IncomingMessage, response: ServerResponse, next: () => void): void {
  const given = request.headers['x-request-id'];
  request.id = typeof given === 'string' && requestIdPattern.test(given) ? given : randomUUID();
  response.setHeader('x-request-id', request.id);
  next();
}

function ids(request: IncomingMessage): Record<string, string> {
  const ctx = findContext(request);
  if (!ctx) return {};
  const { id, kind, session } = actorIds(ctx.actor);
  return {
    actor: id ?? kind,
    ...(ctx.hasTenant && { tenant: ctx.tenant.slug }),
    ...(session !== undefined && { session }),
  };
}

const pathOf = (url: string) => url.split('?', 1)[0] ?? '';
