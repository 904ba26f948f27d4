import { Module } from '@nestjs/common';
import { RoomsController } from './http/rooms.controller.js';

/** The REST edge of rooms. Needs `ClassroomModule.forRoot` and, from a global module, `IceServers`. */
@Module({ controllers: [RoomsController] })
export class ClassroomHttpModule {}
