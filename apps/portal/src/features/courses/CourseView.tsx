import type { ClassSession, CourseDetail, CoursePerson } from '@lyceum/contracts';
import { Plus } from 'lucide-react';
import { Link } from 'react-aria-components';
import { Avatar, ButtonLink, Chip, EmptyState } from '../../design/index.js';
import { useTenantPath } from '../../shared/api/api.js';
import { useText } from '../../shared/i18n/text.js';
import { SessionButtons } from '../../shared/sessions/SessionButtons.js';
import { useNow } from '../../shared/time/useNow.js';
import { useTimes } from '../../shared/time/useTimes.js';
import { Page, Section } from '../../shared/ui/Page.js';
import { Day, Row } from '../../shared/ui/Row.js';
import styles from './Courses.module.css';
import { splitTimeline } from './timeline.js';

/** A course: its sessions as a timeline around today, and its people. */
export function CourseView({ course, people }: { course: CourseDetail; people: readonly CoursePerson[] | null }) {
  const text = useText();
  const path = useTenantPath();
  const now = useNow();
  const { ahead, behind } = splitTimeline(course.timeline, now);
  const teachers = course.instructors.map((person) => person.displayName).join(', ');
  const lead = [course.code, course.term, teachers, text('session.enrolled', { count: course.enrolled })];
  const newSession = path(`courses/${course.id}/sessions/new`);
  const mayCreate = course.permissions.includes('session.create');
  return (
    <Page
      title={course.title}
      lead={lead.filter(Boolean).join(' · ')}
      actions={
        mayCreate && (
          <ButtonLink href={newSession} variant="primary" icon={Plus}>
            {text('course.newSession')}
          </ButtonLink>
        )
      }
    >
      <div className={styles.columns}>
        <div>
          {course.timeline.length === 0 && (
            <EmptyState title={text('course.none.title')}>
              {text(mayCreate ? 'course.none.teacher' : 'course.none.student')}
            </EmptyState>
          )}
          {ahead.length > 0 && (
            <Section title={text('course.ahead')}>
              <Timeline sessions={ahead} course={course} now={now} />
            </Section>
          )}
          {behind.length > 0 && (
            <Section title={text('course.behind')}>
              <Timeline sessions={behind} course={course} now={now} />
            </Section>
          )}
        </div>
        {people && (
          <div>
            <Section title={text('course.people')} aside={<span className="muted small num">{people.length}</span>}>
              <ul>
                {people.map((person) => (
                  <Row
                    key={person.id}
                    before={<Avatar name={person.displayName} seed={person.id} />}
                    title={person.displayName}
                    small={person.role === 'student' ? null : text(`role.${person.role}`)}
                  />
                ))}
              </ul>
            </Section>
          </div>
        )}
      </div>
    </Page>
  );
}

function Timeline({ sessions, course, now }: { sessions: readonly ClassSession[]; course: CourseDetail; now: Date }) {
  const text = useText();
  const times = useTimes();
  const path = useTenantPath();
  return (
    <ul>
      {sessions.map((session) => {
        const length = session.replay?.durationMs;
        const facts = [
          session.number === null ? null : text('session.number', { number: session.number }),
          times.range(session.startsAt, session.endsAt),
          length ? text('session.replayLength', { length: times.length(length) }) : null,
        ];
        return (
          <Row
            key={session.id}
            before={<Day {...times.day(session.startsAt, now)} />}
            title={
              <span className={styles.title}>
                <Link href={path(`sessions/${session.id}/details`)}>{session.title}</Link>
                {session.status === 'live' && (
                  <Chip tone="live" dot>
                    {text('session.live')}
                  </Chip>
                )}
                {session.status === 'cancelled' && <Chip>{text('session.cancelled')}</Chip>}
              </span>
            }
            small={facts.filter(Boolean).join(' · ')}
            after={<SessionButtons session={session} role={course.myRole} now={now} />}
          />
        );
      })}
    </ul>
  );
}
