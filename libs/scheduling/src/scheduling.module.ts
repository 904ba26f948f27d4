import { DatabaseModule } from '@lyceum/platform/database';
import { TenancyModule } from '@lyceum/tenancy';
import { Module } from '@nestjs/common';
import { CourseAccess } from './access/course-access.js';
import { SessionAccess } from './access/session-access.js';
import { Courses } from './application/courses.js';
import { DemoCourses } from './application/demo-course.js';
import { Enrolments } from './application/enrolments.js';
import { HomePages } from './application/home.js';
import { Replays } from './application/replays.js';
import { Sessions } from './application/sessions.js';
import { ClassSessionEntity } from './persistence/class-session.entity.js';
import { CourseEntity } from './persistence/course.entity.js';
import { EnrolmentEntity } from './persistence/enrolment.entity.js';

/**
 * Courses, who is in them, and their class sessions. What neighbours know of a session comes through `ReplayCatalogue` and
 * `AttendanceRecord`; the application provides them from a global module, or leaves them out.
 */
@Module({
  imports: [TenancyModule, DatabaseModule.forEntities([CourseEntity, EnrolmentEntity, ClassSessionEntity])],
  providers: [CourseAccess, SessionAccess, Courses, Enrolments, Sessions, HomePages, Replays, DemoCourses],
  exports: [CourseAccess, SessionAccess, Courses, Enrolments, Sessions, HomePages, DemoCourses],
})
export class SchedulingModule {}
