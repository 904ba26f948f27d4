import type { Problem, SessionDetail } from '@lyceum/contracts';
import { Button, ButtonLink, EmptyState } from '../../design/index.js';
import { useTenantPath } from '../../shared/api/api.js';
import { useText } from '../../shared/i18n/text.js';

export type EndKind = 'ended' | 'left' | 'removed' | 'cancelled' | 'elsewhere' | 'refused';

/** Which end of a visit a problem of the room means. */
export function endOf(bye: Problem | null): EndKind {
  switch (bye?.code) {
    case undefined:
      return 'left';
    case 'ROOM.ENDED':
      return 'ended';
    case 'ROOM.CANCELLED':
      return 'cancelled';
    case 'ROOM.REMOVED':
      return 'removed';
    case 'ROOM.SEAT_TAKEN_OVER':
      return 'elsewhere';
    default:
      return 'refused';
  }
}

/** After a visit: why it is over, and where to go from here. */
export function EndedView(props: {
  kind: EndKind;
  session: Pick<SessionDetail, 'id' | 'recorded' | 'course' | 'title'>;
  /** Takes the seat again; null where that makes no sense. */
  again: (() => void) | null;
  problem?: Problem | null;
}) {
  const { kind, session, again, problem } = props;
  const text = useText();
  const path = useTenantPath();
  const mayReturn = again && (kind === 'left' || kind === 'elsewhere' || kind === 'refused');
  const refused = kind === 'refused' && problem;
  return (
    <main data-room-state="ended">
      <EmptyState
        place="page"
        title={refused ? problem.title : text(`room.end.${kind}.title`)}
        actions={
          <>
            {mayReturn && (
              <Button variant="primary" onPress={again}>
                {text(kind === 'elsewhere' ? 'room.end.here' : 'room.end.again')}
              </Button>
            )}
            {kind === 'ended' && (
              <ButtonLink variant="primary" href={path(`sessions/${session.id}/replay`)}>
                {text('session.replay')}
              </ButtonLink>
            )}
            <ButtonLink href={path(`courses/${session.course.id}`)}>{text('room.back')}</ButtonLink>
          </>
        }
      >
        {refused ? (problem.action ?? problem.detail) : text(`room.end.${kind}.text`)}
      </EmptyState>
    </main>
  );
}
