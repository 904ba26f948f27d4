import { Module } from '@nestjs/common';
import { CoursesController } from './http/courses.controller.js';
import { HomeController } from './http/home.controller.js';
import { SessionsController } from './http/sessions.controller.js';
import { SchedulingModule } from './scheduling.module.js';

/** The REST edge of scheduling. */
@Module({ imports: [SchedulingModule], controllers: [HomeController, CoursesController, SessionsController] })
export class SchedulingHttpModule {}
