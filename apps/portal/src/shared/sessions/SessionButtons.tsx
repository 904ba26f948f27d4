import type { ClassSession, CourseRole } from '@lyceum/contracts';
import { Video } from 'lucide-react';
import { ButtonLink, Chip } from '../../design/index.js';
import { useTenantPath } from '../api/api.js';
import { useText } from '../i18n/text.js';
import { type SessionAction, sessionActions } from './actions.js';

/** What one can do with a session, as buttons: large on a card, quiet in a list. */
export function SessionButtons(props: {
  session: ClassSession;
  role: CourseRole | null;
  now: Date;
  size?: 'md' | 'sm';
  without?: readonly SessionAction[];
}) {
  const { session, role, now, size = 'sm', without = [] } = props;
  const text = useText();
  const path = useTenantPath();
  const actions = sessionActions(session, role, now).filter((action) => !without.includes(action));
  const named = (action: SessionAction) =>
    size === 'sm' ? { 'aria-label': text(`session.${action}.of`, { title: session.title }) } : {};
  const button = (action: SessionAction) => {
    switch (action) {
      case 'start':
      case 'join':
        return (
          <ButtonLink
            key={action}
            {...named(action)}
            size={size}
            variant="primary"
            icon={Video}
            href={path(`sessions/${session.id}`)}
          >
            {text(`session.${action}`)}
          </ButtonLink>
        );
      case 'prepare':
        return (
          <ButtonLink
            key={action}
            {...named(action)}
            size={size}
            variant={size === 'sm' ? 'quiet' : 'plain'}
            href={path(`sessions/${session.id}/details`)}
          >
            {text('session.prepare')}
          </ButtonLink>
        );
      case 'replay':
        return (
          <ButtonLink key={action} {...named(action)} size={size} href={path(`sessions/${session.id}/replay`)}>
            {text('session.replay')}
          </ButtonLink>
        );
      case 'wait':
        return <Chip key={action}>{text('session.wait')}</Chip>;
    }
  };
  // The main action stands last, where the eye ends; in a list it is the only one.
  return <>{(size === 'sm' ? actions.slice(0, 1) : actions.toReversed()).map(button)}</>;
}
