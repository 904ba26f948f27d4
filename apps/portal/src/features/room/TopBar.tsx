import { SignalHigh, SignalLow, SignalMedium, Users } from 'lucide-react';
import { Button } from 'react-aria-components';
import { Chip, Icon } from '../../design/index.js';
import { useText } from '../../shared/i18n/text.js';
import { clockTime, isoDuration } from '../../shared/time/format.js';
import { useNow } from '../../shared/time/useNow.js';
import { PlaceBar } from '../../shared/ui/PlaceBar.js';
import { LadderLine } from './LadderLine.js';
import type { SteadyRoom } from './model.js';
import styles from './Room.module.css';

const qualities = {
  good: { tone: 'live', icon: SignalHigh },
  weak: { tone: 'warn', icon: SignalMedium },
  bad: { tone: 'rec', icon: SignalLow },
} as const;

/** Where one is, since when, whether it is recorded, and how the connection does. */
export function TopBar({ model, onPeople }: { model: SteadyRoom; onPeople: () => void }) {
  const text = useText();
  const { recording, quality } = model;
  return (
    <PlaceBar
      back={{ href: model.courseHref, label: text('room.back') }}
      title={text('room.title', { course: model.courseCode, title: model.title })}
    >
      <span className={styles.wide}>
        <Timer since={model.openedAt} />
      </span>
      {recording && (
        <Chip tone={recording.paused ? 'warn' : 'rec'} dot>
          {text(recording.paused ? 'room.recording.paused' : 'room.recording.on')}
        </Chip>
      )}
      <span className={styles.space} />
      <span className={styles.wide}>
        <LadderLine ladder={model.ladder} />
      </span>
      {quality && (
        <span className={styles.wide}>
          <Chip tone={qualities[quality].tone} icon={qualities[quality].icon} title={text('room.quality')}>
            <span className="sr-only">{text('room.quality')}: </span>
            {text(`room.quality.${quality}`)}
          </Chip>
        </span>
      )}
      <Button
        className={`${styles.count} num`}
        aria-label={text('room.people.count', { count: model.people.length })}
        onPress={onPeople}
      >
        <Icon of={Users} size={18} />
        {model.people.length}
      </Button>
    </PlaceBar>
  );
}

function Timer({ since }: { since: number | null }) {
  const text = useText();
  const now = useNow(1_000).getTime();
  if (since === null) return null;
  const elapsed = now - since;
  return (
    <Chip title={text('room.timer')}>
      <span className="sr-only">{text('room.timer')}: </span>
      <time dateTime={isoDuration(elapsed)}>{clockTime(elapsed)}</time>
    </Chip>
  );
}
