export { CourseAccess, type CourseGrant } from './access/course-access.js';
export { SessionAccess, type SessionGrant } from './access/session-access.js';
export { DemoCourses, type DemoCourse } from './application/demo-course.js';
export { AttendanceRecord, ReplayCatalogue } from './application/ports.js';
export { Sessions } from './application/sessions.js';
export type { SessionFacts } from './persistence/session.mapper.js';
export { SchedulingHttpModule } from './scheduling-http.module.js';
export { SchedulingModule } from './scheduling.module.js';
