import { createServer, type Server, type ServerResponse } from 'node:http';

export interface Listen {
  readonly host: string;
  readonly port: number;
}

/** `/healthz` and `/readyz`, as every process of ours answers them; the link with media is attached to the same server. */
export async function serveControl({ host, port }: Listen, isReady: () => boolean): Promise<Server> {
  const server = createServer((request, response) => {
    if (request.method === 'GET' && request.url === '/healthz') return send(response, 200, { live: true });
    if (request.method !== 'GET' || request.url !== '/readyz') return send(response, 404, {});
    const ready = isReady();
    send(response, ready ? 200 : 503, { ready });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return server;
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
