import { createServer, type Server, type ServerResponse } from 'node:http';
import type { HealthRegistry } from './registry.js';

export const healthPath = '/healthz';
export const readyPath = '/readyz';

/** `/healthz` and `/readyz` for a process without an HTTP API of its own. @returns the server, listening. */
export async function serveHealth(listen: { host: string; port: number }, registry: HealthRegistry): Promise<Server> {
  const server = createServer((request, response) => {
    if (request.method === 'GET' && request.url === healthPath) return send(response, 200, { live: true });
    if (request.method !== 'GET' || request.url !== readyPath) return send(response, 404, {});
    void registry.readiness().then((readiness) => send(response, readiness.ready ? 200 : 503, readiness));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(listen.port, listen.host, resolve);
  });
  return server;
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
