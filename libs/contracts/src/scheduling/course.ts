import { z } from 'zod';
import { personSummarySchema } from '../identity/index.js';
import { permissionSchema } from '../permissions.js';
import { courseRoleSchema } from '../roles.js';
import { classSessionSchema } from './session.js';

/** A course as its people see it in a list. */
export const courseSummarySchema = z
  .object({
    id: z.uuid(),
    /** Short name, such as `Econ 210`. */
    code: z.string(),
    title: z.string(),
    term: z.string(),
    department: z.string().nullable(),
    /** The reader's own part in it; null for an admin who isn't enrolled. */
    myRole: courseRoleSchema.nullable(),
    enrolled: z.number().int(),
    sessions: z.number().int(),
  })
  .meta({ id: 'CourseSummary' });
export type CourseSummary = z.infer<typeof courseSummarySchema>;

/** `GET courses`, ordered by code. */
export const courseListSchema = z.object({ items: z.array(courseSummarySchema) }).meta({ id: 'CourseList' });
export type CourseList = z.infer<typeof courseListSchema>;

/** `GET courses/{courseId}`: the course, what the reader may do in it, and its sessions by time. */
export const courseDetailSchema = courseSummarySchema
  .extend({
    permissions: z.array(permissionSchema),
    instructors: z.array(personSummarySchema),
    timeline: z.array(classSessionSchema),
  })
  .meta({ id: 'CourseDetail' });
export type CourseDetail = z.infer<typeof courseDetailSchema>;

/** `POST courses` */
export const newCourseSchema = z
  .object({
    code: z.string().trim().min(1).max(40),
    title: z.string().trim().min(1).max(200),
    term: z.string().trim().min(1).max(60),
  })
  .meta({ id: 'NewCourse' });
export type NewCourse = z.infer<typeof newCourseSchema>;

export const courseParamsSchema = z.object({ courseId: z.uuid() });
export const coursePersonParamsSchema = z.object({ courseId: z.uuid(), personId: z.uuid() });

/** `GET courses/{courseId}/people`: instructors first, then teaching assistants, then students, each by name. */
export const coursePersonSchema = personSummarySchema.extend({ role: courseRoleSchema }).meta({ id: 'CoursePerson' });
export type CoursePerson = z.infer<typeof coursePersonSchema>;
export const coursePeopleSchema = z.object({ items: z.array(coursePersonSchema) }).meta({ id: 'CoursePeople' });
export type CoursePeople = z.infer<typeof coursePeopleSchema>;

/** `PUT courses/{courseId}/people/{personId}`: enrols, or changes the role of someone enrolled. */
export const enrolmentSchema = z.object({ role: courseRoleSchema }).meta({ id: 'Enrolment' });
export type Enrolment = z.infer<typeof enrolmentSchema>;
