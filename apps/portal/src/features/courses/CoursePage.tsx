import { useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router';
import { Skeleton, SkeletonRows } from '../../design/index.js';
import { useApi } from '../../shared/api/api.js';
import { useText } from '../../shared/i18n/text.js';
import { Page, useDocumentTitle } from '../../shared/ui/Page.js';
import { QueryView } from '../../shared/ui/QueryView.js';
import { CourseView } from './CourseView.js';

export function CoursePage() {
  const { courseId = '' } = useParams();
  const api = useApi();
  const text = useText();
  const query = useQuery({
    queryKey: [api.tenant, 'course', courseId],
    queryFn: ({ signal }) => api.course(courseId, signal),
    refetchInterval: 30_000,
  });
  const people = useQuery({
    queryKey: [api.tenant, 'course', courseId, 'people'],
    queryFn: ({ signal }) => api.coursePeople(courseId, signal),
    enabled: query.data?.permissions.includes('course.people') ?? false,
  });
  useDocumentTitle(query.data?.code ?? text('nav.courses'));
  const skeleton = (
    <Page title={<Skeleton width="300px" height={36} />} lead={<Skeleton width="240px" />}>
      <div style={{ marginTop: 32 }}>
        <SkeletonRows label={text('state.loading')} rows={5} />
      </div>
    </Page>
  );
  return (
    <QueryView query={query} skeleton={skeleton} place="page">
      {(course) => <CourseView course={course} people={people.data?.items ?? null} />}
    </QueryView>
  );
}
