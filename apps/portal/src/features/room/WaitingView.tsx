import { Button, EmptyState } from '../../design/index.js';
import { useText } from '../../shared/i18n/text.js';

/** In the lobby: a teacher lets one in. */
export function WaitingView({ title, leave }: { title: string; leave: () => void }) {
  const text = useText();
  return (
    <main data-room-state="waiting">
      <div role="status">
        <EmptyState
          place="page"
          title={text('room.check.waiting.title')}
          actions={<Button onPress={leave}>{text('room.leave')}</Button>}
        >
          {title}. {text('room.check.waiting.text')}
        </EmptyState>
      </div>
    </main>
  );
}
