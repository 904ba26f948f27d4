import { z } from 'zod';
import { HealthRegistry, type Readiness } from '../health/index.js';
import { RootController } from './controllers.js';
import { Endpoint, endpoint } from './endpoint.js';
import { Http, type HttpExchange } from './parameters.js';

const live = endpoint({
  method: 'GET',
  path: 'healthz',
  permission: 'public',
  response: z.object({ live: z.literal(true) }),
  summary: 'Whether the process lives',
});

const ready = endpoint({
  method: 'GET',
  path: 'readyz',
  permission: 'public',
  response: z.object({ ready: z.boolean(), checks: z.record(z.string(), z.enum(['ready', 'degraded', 'down'])) }),
  summary: 'Whether the process can do its work; 503 when it can not',
});

/** For the supervisor and the edge; the edge doesn't pass these paths on to the world. */
@RootController()
export class HealthController {
  constructor(private readonly registry: HealthRegistry) {}

  @Endpoint(live)
  live(): { live: true } {
    return { live: true };
  }

  @Endpoint(ready)
  async ready(@Http() { response }: HttpExchange): Promise<Readiness> {
    const readiness = await this.registry.readiness();
    response.status(readiness.ready ? 200 : 503);
    return readiness;
  }
}
