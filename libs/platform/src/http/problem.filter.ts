import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { Request, Response } from 'express';
import { toLyceumError, toProblem } from '../errors/index.js';
import { processLogger } from '../telemetry/index.js';
import { findContext } from './request-state.js';

/** Whatever is thrown over HTTP becomes application/problem+json (RFC 9457). */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  catch(thrown: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<Request>();
    const response = host.switchToHttp().getResponse<Response>();
    const error = toLyceumError(thrown);
    const log = findContext(request)?.log ?? processLogger();
    const { code, status, meta } = error;
    if (status >= 500) log.error({ code, meta, err: error.cause ?? error }, 'request failed');
    else log.info({ code, meta, status }, 'request refused');
    // Headers are out when a stream broke: cutting the connection is the only way left to say so.
    if (response.headersSent) {
      response.destroy();
      return;
    }
    const requestId = typeof request.id === 'string' ? request.id : undefined;
    if (status === 401) response.setHeader('www-authenticate', 'Bearer');
    response.removeHeader('location');
    response
      .status(status)
      .type('application/problem+json')
      .send(JSON.stringify(toProblem(error, requestId)));
  }
}
