import {
  Inject,
  Injectable,
  StreamableFile,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import type { Request, Response } from 'express';
import { from, lastValueFrom, type Observable } from 'rxjs';
import { Audit } from '../audit/index.js';
import type { RequestContext } from '../context/index.js';
import { Database } from '../database/index.js';
import { LyceumError } from '../errors/index.js';
import { endpointOf, type EndpointDefinition } from './endpoint.js';
import { httpOptionsKey, type HttpOptions } from './options.js';
import { contextOf, setContext } from './request-state.js';
import { serialize } from './serialize.js';

/** The transaction around a handler, and its answer in the form the endpoint promises. */
@Injectable()
export class EndpointInterceptor implements NestInterceptor {
  constructor(
    private readonly database: Database,
    private readonly audit: Audit,
    @Inject(httpOptionsKey) private readonly options: HttpOptions,
  ) {}

  intercept(execution: ExecutionContext, next: CallHandler): Observable<unknown> {
    const definition = execution.getType() === 'http' ? endpointOf(execution.getHandler()) : undefined;
    return definition ? from(this.run(definition, execution, next)) : next.handle();
  }

  private async run(definition: EndpointDefinition, execution: ExecutionContext, next: CallHandler): Promise<unknown> {
    const request = execution.switchToHttp().getRequest<Request>();
    const response = execution.switchToHttp().getResponse<Response>();
    const ctx = contextOf(request);
    const handle = async () =>
      this.answer(definition, await lastValueFrom(next.handle(), { defaultValue: undefined }), response);
    const mode = transactionOf(definition, ctx.hasTenant);
    try {
      if (mode === 'none') return await handle();
      return await this.database.transaction(ctx, mode, (tx) => {
        setContext(request, tx);
        return handle();
      });
    } catch (thrown) {
      await this.recordDenial(ctx, definition, thrown);
      throw thrown;
    } finally {
      setContext(request, ctx);
    }
  }

  /** Services refuse inside of the transaction, which is rolled back by now: the entry gets one of its own. */
  private async recordDenial(ctx: RequestContext, { method, permission }: EndpointDefinition, thrown: unknown) {
    if (!(thrown instanceof LyceumError) || thrown.code !== 'AUTH.FORBIDDEN' || !ctx.hasTenant) return;
    const { kind, id, ...meta } = thrown.meta;
    const target = kind !== undefined && id !== undefined ? { kind: String(kind), id: String(id) } : undefined;
    await this.audit.denied(ctx, { action: 'access.denied', target, detail: { method, permission, ...meta } });
  }

  /** Runs inside of the transaction: an answer that breaks its contract must not commit. */
  private answer(definition: EndpointDefinition, value: unknown, response: Response): unknown {
    const { response: reply } = definition;
    if (reply === 'none') return undefined;
    if (reply === 'redirect') {
      response.setHeader('location', String(value));
      return undefined;
    }
    if (reply === 'stream') {
      if (!(value instanceof StreamableFile)) throw new Error('a stream endpoint must return a StreamableFile');
      return value;
    }
    return serialize(reply, value, this.options.strictResponses);
  }
}

export function transactionOf(definition: EndpointDefinition, hasTenant: boolean): 'read' | 'write' | 'none' {
  if (!hasTenant) return 'none';
  if (definition.transaction) return definition.transaction;
  if (definition.response === 'stream') return 'none';
  return definition.method === 'GET' ? 'read' : 'write';
}
