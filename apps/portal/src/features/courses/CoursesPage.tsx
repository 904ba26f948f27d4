import type { CourseSummary } from '@lyceum/contracts';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-aria-components';
import { EmptyState, SkeletonRows } from '../../design/index.js';
import { useApi, useTenantPath } from '../../shared/api/api.js';
import { useText } from '../../shared/i18n/text.js';
import { useMay } from '../../shared/session/me.js';
import { Page, useDocumentTitle } from '../../shared/ui/Page.js';
import { QueryView } from '../../shared/ui/QueryView.js';
import styles from './Courses.module.css';
import { NewCourse } from './NewCourse.js';

export function CoursesPage() {
  const api = useApi();
  const text = useText();
  const mayCreate = useMay('course.create');
  useDocumentTitle(text('nav.courses'));
  const query = useQuery({ queryKey: [api.tenant, 'courses'], queryFn: ({ signal }) => api.courses(signal) });
  return (
    <Page title={text('courses.title')} lead={text('courses.lead')} actions={mayCreate && <NewCourse />}>
      <div className={styles.list}>
        <QueryView query={query} skeleton={<SkeletonRows label={text('state.loading')} rows={4} />}>
          {({ items }) =>
            items.length === 0 ? (
              <EmptyState title={text('courses.none.title')}>{text('courses.none.text')}</EmptyState>
            ) : (
              <ul className={styles.cards}>
                {items.map((course) => (
                  <CourseCard key={course.id} course={course} />
                ))}
              </ul>
            )
          }
        </QueryView>
      </div>
    </Page>
  );
}

function CourseCard({ course }: { course: CourseSummary }) {
  const text = useText();
  const path = useTenantPath();
  const facts = [
    course.term,
    text('session.enrolled', { count: course.enrolled }),
    text('course.sessions', { count: course.sessions }),
    course.myRole === null || course.myRole === 'student' ? null : text(`role.${course.myRole}`),
  ];
  return (
    <li className={styles.card}>
      <span className={styles.code}>{course.code}</span>
      <h2>
        <Link href={path(`courses/${course.id}`)}>{course.title}</Link>
      </h2>
      <span className="muted small">{facts.filter(Boolean).join(' · ')}</span>
    </li>
  );
}
