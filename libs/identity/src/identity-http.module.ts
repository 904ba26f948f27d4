import { Module } from '@nestjs/common';
import { AuthPagesController } from './http/auth-pages.controller.js';
import { MeController } from './http/me.controller.js';

/** The REST and browser edge of identity; needs `IdentityModule.forRoot` in the application. */
@Module({ controllers: [AuthPagesController, MeController] })
export class IdentityHttpModule {}
