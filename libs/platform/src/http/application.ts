import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Type } from '@nestjs/common';
import cookieParser from 'cookie-parser';
import helmet, { type HelmetOptions } from 'helmet';
import { NestLogger, processLogger } from '../telemetry/index.js';
import { assignRequestId } from './logging.js';
import { OpenApiDocument } from './openapi.js';

export interface ApplicationOptions {
  /** Largest JSON body, bytes. */
  bodyBytes: number;
  /** Shown in the OpenAPI document. */
  version: string;
}

/**
 * Creates the HTTP application, initialised but not listening yet: security headers, cookies, JSON bodies up to a limit,
 * OpenAPI. Two handlers of one route fail the boot. The edge runs on this host, so `X-Forwarded-*` counts from loopback.
 */
export async function createHttpApplication(
  module: Type | object,
  options: ApplicationOptions,
): Promise<NestExpressApplication> {
  const app = await NestFactory.create<NestExpressApplication>(module, {
    bodyParser: false,
    forceCloseConnections: true,
    logger: new NestLogger(processLogger()),
    abortOnError: false,
    routeConflictPolicy: { duplicate: 'error' },
    routeResolutionStrategy: 'specificity',
  });
  app.set('trust proxy', 'loopback');
  app.set('query parser', 'simple');
  app.disable('x-powered-by');
  app.set('etag', false);
  app.use(assignRequestId);
  app.use(helmet(securityHeaders));
  app.use(noStore);
  app.use(cookieParser());
  app.useBodyParser('json', { limit: options.bodyBytes });
  await app.init();
  app.get(OpenApiDocument).build(app, options.version);
  return app;
}

/** We answer data, never pages. HSTS would bind every port of the host name: it is the edge's, for names of its own. */
const securityHeaders: HelmetOptions = {
  contentSecurityPolicy: { useDefaults: false, directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] } },
  strictTransportSecurity: false,
  xFrameOptions: { action: 'deny' },
};

/** Answers hold what one person may see: no cache on the way keeps them unless a handler says otherwise. */
function noStore(
  _request: unknown,
  response: { setHeader(name: string, value: string): void },
  next: () => void,
): void {
  response.setHeader('cache-control', 'no-store');
  next();
}
