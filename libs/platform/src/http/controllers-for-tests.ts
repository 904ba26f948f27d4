import { StreamableFile } from '@nestjs/common';
import { z } from 'zod';
import type { RequestContext } from '../context/index.js';
import { commonError, defineErrors } from '../errors/index.js';
import {
  Ctx,
  Endpoint,
  Http,
  Input,
  PlatformController,
  TenantController,
  TenantPageController,
  endpoint,
  type HttpExchange,
  type InputOf,
} from './index.js';

const specError = defineErrors({ 'HTTPSPEC.LOCKED': { status: 423, title: 'Locked', action: 'Knock.' } });
const thing = z.object({ id: z.string(), title: z.string() }).meta({ id: 'SpecThing' });

const create = endpoint({
  method: 'POST',
  path: '',
  permission: 'course.create',
  body: z.object({ title: z.string().min(1).max(20) }),
  response: thing,
  summary: 'Create a thing',
});
const read = endpoint({
  method: 'GET',
  path: ':id',
  permission: 'course.view',
  params: z.strictObject({ id: z.string().max(10) }),
  query: z.object({ depth: z.coerce.number().int().default(1) }),
  response: thing,
  summary: 'Read a thing',
});
export const mine = { method: 'GET', permission: 'signed-in', response: thing, summary: 'x' } as const;

@TenantController('things')
export class ThingsController {
  @Endpoint(create)
  create(@Ctx() ctx: RequestContext, @Input() { body }: InputOf<typeof create>) {
    return { id: ctx.tenant.slug, title: body.title };
  }

  @Endpoint(read)
  read(@Input() { params, query }: InputOf<typeof read>) {
    return { id: params.id, title: `depth ${query.depth}` };
  }

  @Endpoint({ ...mine, path: 'self/leaky' })
  leaky() {
    return { id: '1', title: 'x', passwordHash: 'oops' };
  }

  @Endpoint({ ...mine, path: 'self/locked', transaction: 'write' })
  locked(): { id: string; title: string } {
    throw specError('HTTPSPEC.LOCKED', { detail: 'Since noon.' });
  }

  @Endpoint({ ...mine, path: 'self/refused' })
  refused(): { id: string; title: string } {
    throw commonError('AUTH.FORBIDDEN', { meta: { kind: 'course', id: 'c1' } });
  }

  @Endpoint({ ...mine, path: 'self/broken' })
  broken(): { id: string; title: string } {
    throw new Error('secret detail of ours');
  }

  @Endpoint({ method: 'DELETE', path: ':id', permission: 'signed-in', response: 'none', summary: 'x' })
  remove(): void {}

  @Endpoint({ method: 'GET', path: 'self/bytes', permission: 'signed-in', response: 'stream', summary: 'x' })
  bytes(@Http() { response }: HttpExchange) {
    response.status(206).setHeader('content-range', 'bytes 0-2/9');
    return new StreamableFile(Buffer.from('abc'), { type: 'audio/webm' });
  }
}

@TenantPageController('pages')
export class PagesController {
  @Endpoint({
    method: 'GET',
    path: 'go',
    permission: 'public',
    response: 'redirect',
    summary: 'x',
    transaction: 'none',
  })
  go(): string {
    return 'https://elsewhere.example/';
  }
}

@PlatformController('open')
export class OpenController {
  @Endpoint({ method: 'GET', path: '', permission: 'public', response: z.object({ ok: z.boolean() }), summary: 'x' })
  open(@Ctx() ctx: RequestContext) {
    return { ok: !ctx.hasTenant };
  }
}
