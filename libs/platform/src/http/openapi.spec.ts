import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { withThings } from './calls-for-tests.js';

const { call } = withThings();

describe('AP-01 the OpenAPI document', () => {
  const parameter = z.looseObject({ in: z.string(), name: z.string() });

  it('AP-01 is 3.1, describes requests and answers, and names the permission', async () => {
    const operations = z.record(z.string(), z.looseObject({ parameters: z.array(parameter) }));
    const document = z.looseObject({ openapi: z.string(), paths: z.record(z.string(), operations) });
    const { openapi, paths, components } = document.parse(await (await call('/api/openapi.json')).json());
    expect(openapi).toBe('3.1.0');
    const post = paths['/t/{tenant}/api/v1/things']?.post;
    expect(post).toMatchObject({
      summary: 'Create a thing',
      'x-lyceum-permission': 'course.create',
      requestBody: { content: { 'application/json': { schema: { required: ['title'] } } } },
      responses: { 201: { content: { 'application/json': { schema: { $ref: '#/components/schemas/SpecThing' } } } } },
    });
    expect(components).toMatchObject({ schemas: { SpecThing: { required: ['id', 'title'] } } });
    const get = paths['/t/{tenant}/api/v1/things/{id}']?.get;
    const names = get?.parameters.map((parameter) => `${parameter.in} ${parameter.name}`);
    expect(names?.sort()).toEqual(['path id', 'path tenant', 'query depth']);
  });

  it('AP-01 refers to nothing that is not in it', async () => {
    const text = await (await call('/api/openapi.json')).text();
    const { components } = JSON.parse(text) as { components: { schemas: Record<string, unknown> } };
    const refs = [...text.matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)].map(([, name]) => name ?? '');
    expect(refs.filter((name) => !(name in components.schemas))).toEqual([]);
    expect(text).not.toContain('$defs');
  });
});
