import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { Layout } from '../host/layout.ts';
import { storeUnreachable } from './outside-store.ts';

const layout = new Layout({ checkout: '/checkout', cache: '/cache', home: '/nowhere', separated: false });
const at = (endpoint: string) => storeUnreachable(layout, { endpoint, region: 'us-east-1', bucket: 'lyceum' });
const server = createServer((_request, response) => response.writeHead(status).end());
let status = 403;

const listen = async (): Promise<string> => {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};
afterEach(() => new Promise((done) => server.close(done)));

describe('OP-01 an object store outside the appliance', () => {
  it.each([
    [403, undefined],
    [200, undefined],
    [503, 'answers 503'],
  ])('OP-01 that answers %i is told to be there or not, by its address', async (given, why) => {
    status = given;
    const endpoint = await listen();
    expect(await at(endpoint)).toBe(why && `${endpoint} ${why}`);
  });

  it('OP-01 is named when it is not there, or is not what its address says', async () => {
    const endpoint = await listen();
    const secure = endpoint.replace('http:', 'https:');
    expect(await at(secure)).toMatch(new RegExp(`^${secure}: .`));
    await new Promise((done) => server.close(done));
    expect(await at(endpoint)).toBe(`${endpoint}: connect ECONNREFUSED ${endpoint.slice('http://'.length)}`);
  });
});
