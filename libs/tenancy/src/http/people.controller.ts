import { directoryPageSchema, peopleQuerySchema, type DirectoryPage } from '@lyceum/contracts';
import type { RequestContext } from '@lyceum/platform/context';
import { Ctx, Endpoint, endpoint, Input, TenantController, type InputOf } from '@lyceum/platform/http';
import { People } from '../application/people.js';

const list = endpoint({
  method: 'GET',
  path: '',
  permission: 'person.list',
  query: peopleQuerySchema,
  response: directoryPageSchema,
  summary: 'The directory of people, by name',
});

/** The directory, for those who run the institution. */
@TenantController('people')
export class PeopleController {
  constructor(private readonly people: People) {}

  @Endpoint(list)
  list(@Ctx() ctx: RequestContext, @Input() input: InputOf<typeof list>): Promise<DirectoryPage> {
    return this.people.directory(ctx, input.query);
  }
}
