import type { ReplayTrack } from '@lyceum/contracts';
import { useText } from '../../shared/i18n/text.js';
import { Initials, NameTag } from '../../shared/ui/Tile.js';
import tile from '../../shared/ui/Tile.module.css';
import { segmentAt, segmentsNear } from './follow.js';
import type { History } from './history.js';
import { AHEAD_MS, AudioPart, VideoPart } from './Parts.js';
import styles from './Replay.module.css';
import { sceneAt } from './stage.js';

/** Stage and side tiles at a moment. Every file that plays now or soon has its element; the scene says where it stands. */
export function ReplayStage(props: {
  tracks: readonly ReplayTrack[];
  history: History;
  position: number;
  muted: boolean;
  sideShown: boolean;
  chosen: string | null;
  choose: (participantId: string) => void;
}) {
  const { tracks, history, position, muted, sideShown, chosen, choose } = props;
  const text = useText();
  const state = history.stateAt(position);
  const scene = sceneAt(tracks, state, position, chosen);
  const nameOf = (id: string) => history.nameOf(id) ?? text('replay.someone');
  const cameras = (id: string) => tracks.filter((track) => track.source === 'camera' && track.participantId === id);
  const screens = tracks.filter(({ source }) => source === 'screen');
  return (
    <div className={`${styles.frame} ${sideShown && scene.side.length > 0 ? '' : styles.full}`}>
      <div className={styles.stage}>
        {screens.map((track) => (
          <Pictures
            key={track.trackId}
            track={track}
            position={position}
            shown={track === scene.screen}
            sheetOf={text('room.screenOf', { name: nameOf(track.participantId) })}
          />
        ))}
        {scene.person && (
          <PersonTile
            key={scene.person}
            id={scene.person}
            name={nameOf(scene.person)}
            tracks={cameras(scene.person)}
            position={position}
            big
          />
        )}
        {!scene.screen && !scene.person && <p className={styles.empty}>{text('replay.empty')}</p>}
      </div>
      {sideShown && (
        <ul className={styles.side} aria-label={text('replay.side')}>
          {scene.side.map((id) => (
            <li key={id}>
              <button
                type="button"
                className={styles.sideButton}
                aria-label={text('replay.show', { name: nameOf(id) })}
                onClick={() => choose(id)}
              >
                <PersonTile id={id} name={nameOf(id)} tracks={cameras(id)} position={position} />
              </button>
            </li>
          ))}
        </ul>
      )}
      <div hidden>
        {tracks
          .filter(({ kind }) => kind === 'audio')
          .flatMap((track) =>
            segmentsNear(track.segments, position, AHEAD_MS).map((segment) => (
              <AudioPart key={segment.id} track={track} segment={segment} muted={muted} />
            )),
          )}
      </div>
    </div>
  );
}

function Pictures({
  track,
  position,
  shown,
  sheetOf,
}: {
  track: ReplayTrack;
  position: number;
  shown: boolean;
  sheetOf?: string;
}) {
  const playing = segmentAt(track.segments, position);
  return segmentsNear(track.segments, position, AHEAD_MS).map((segment) => (
    <VideoPart
      key={segment.id}
      track={track}
      segment={segment}
      shown={shown && segment === playing}
      {...(sheetOf === undefined ? {} : { sheetOf })}
    />
  ));
}

function PersonTile(props: {
  id: string;
  name: string;
  tracks: readonly ReplayTrack[];
  position: number;
  big?: boolean;
}) {
  const { id, name, tracks, position, big = false } = props;
  return (
    <div className={`${tile.tile} ${big ? tile.big : ''}`}>
      <Initials name={name} seed={id} size={big ? 96 : 48} />
      {tracks.map((track) => (
        <Pictures key={track.trackId} track={track} position={position} shown />
      ))}
      <NameTag name={name} />
    </div>
  );
}
