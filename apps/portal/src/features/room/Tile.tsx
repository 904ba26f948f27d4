import { Hand, ImageOff, Mic, MicOff, MonitorUp } from 'lucide-react';
import { memo, useState } from 'react';
import { Icon } from '../../design/index.js';
import { useText } from '../../shared/i18n/text.js';
import { Initials, NameTag } from '../../shared/ui/Tile.js';
import tile from '../../shared/ui/Tile.module.css';
import type { Person, RoomActions, RoomModel, Track } from './model.js';
import styles from './Tile.module.css';
import { VideoView } from './VideoView.js';

interface TileProps {
  person: Person;
  video: Track | undefined;
  /** Why their picture doesn't come although they send one; null when it does, or there is none. */
  held: 'network' | 'cpu' | null;
  speaking: boolean;
  big?: boolean;
  watch: RoomActions['watch'];
}

/** A person: their picture or their initials, their name, and whether they can be heard. Drawn anew only when that changes. */
export const Tile = memo(function Tile({ person, video, held, speaking, big = false, watch }: TileProps) {
  const text = useText();
  const name = person.isSelf ? text('room.you', { name: person.name }) : person.name;
  return (
    <figure
      className={[tile.tile, styles.tile, speaking ? styles.speaking : '', big ? tile.big : ''].join(' ')}
      aria-label={text(person.mic ? 'room.tile.open' : 'room.tile.muted', { name })}
    >
      {video ? (
        <VideoView track={video} watch={watch} mirrored={person.isSelf} />
      ) : (
        <Initials name={person.name} seed={person.participantId} size={big ? 96 : 56} />
      )}
      {held && (
        <span className={styles.held}>
          <span {...(big ? {} : { 'aria-hidden': true })}>
            {text(big ? `room.tile.held.${held}` : 'room.tile.held')}
          </span>
          {!big && <span className="sr-only">{text(`room.tile.held.${held}`)}</span>}
        </span>
      )}
      {person.hand !== null && (
        <span className={styles.hand}>
          <Icon of={Hand} size={15} />
          <span className="sr-only">{text('room.tile.hand')}</span>
          <span className="num">{person.hand}</span>
        </span>
      )}
      <NameTag icon={person.mic ? Mic : MicOff} name={name} hidden />
    </figure>
  );
});

/** A shared screen: paper on the stage, whole, never cropped. */
export function ScreenView({
  track,
  owner,
  ladder,
  watch,
}: {
  track: Track;
  owner: Person | undefined;
  ladder: RoomModel['ladder'];
  watch: RoomActions['watch'];
}) {
  const text = useText();
  const [ratio, setRatio] = useState(16 / 9);
  const label = text('room.screenOf', { name: owner?.name ?? '' });
  if (track.isLocal) {
    return (
      <p className={styles.own}>
        <Icon of={MonitorUp} size={28} />
        {text('room.share.own')}
      </p>
    );
  }
  if (ladder && track.resting) {
    return (
      <p className={styles.own}>
        <Icon of={ImageOff} size={28} />
        {text(`room.screen.held.${ladder.reason}`)}
      </p>
    );
  }
  return (
    <div className={styles.screen}>
      <figure
        className={`${tile.paper} ${styles.sheet}`}
        aria-label={label}
        style={{ aspectRatio: ratio, width: `min(100cqw, ${(ratio * 100).toFixed(3)}cqh)` }}
      >
        <VideoView track={track} watch={watch} onRatio={setRatio} />
        {ladder?.rung === 'stills' && <span className={styles.held}>{text('room.screen.still')}</span>}
        {ladder?.rung === 'sound' && <span className={styles.held}>{text('room.screen.frozen')}</span>}
        <NameTag icon={MonitorUp} name={label} hidden />
      </figure>
    </div>
  );
}
