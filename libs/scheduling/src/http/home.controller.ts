import { homeSchema, type Home } from '@lyceum/contracts';
import type { RequestContext } from '@lyceum/platform/context';
import { Ctx, Endpoint, endpoint, TenantController } from '@lyceum/platform/http';
import { HomePages } from '../application/home.js';

const home = endpoint({
  method: 'GET',
  path: 'home',
  permission: 'signed-in',
  response: homeSchema,
  summary: 'What is next, what comes after, and what was missed',
});

/** A person's first page. */
@TenantController()
export class HomeController {
  constructor(private readonly pages: HomePages) {}

  @Endpoint(home)
  home(@Ctx() ctx: RequestContext): Promise<Home> {
    return this.pages.of(ctx);
  }
}
