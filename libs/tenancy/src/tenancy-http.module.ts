import { Module } from '@nestjs/common';
import { PeopleController } from './http/people.controller.js';
import { TenantsController } from './http/tenants.controller.js';
import { TenancyModule } from './tenancy.module.js';

/** The REST edge of tenancy. */
@Module({ imports: [TenancyModule], controllers: [TenantsController, PeopleController] })
export class TenancyHttpModule {}
