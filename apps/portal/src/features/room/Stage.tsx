import { use, useEffect, useMemo, useState } from 'react';
import { useText } from '../../shared/i18n/text.js';
import { Gallery } from './Gallery.js';
import { chooseLayout, type LayoutMode, tilePage } from './layout.js';
import { type RoomActions, SpeakersContext, type SteadyRoom } from './model.js';
import { Pager } from './Pager.js';
import styles from './Stage.module.css';
import { ScreenView, Tile } from './Tile.js';

/** The stage and what stands below it, or everyone in a gallery. */
export function Stage({ model, mode, watch }: { model: SteadyRoom; mode: LayoutMode; watch: RoomActions['watch'] }) {
  const text = useText();
  const { people, tracks, ladder } = model;
  const speakers = use(SpeakersContext);
  const lastSpeaker = useLastSpeaker(speakers, model.self.participantId);
  const layout = useMemo(
    () => chooseLayout({ mode, people, tracks, lastSpeaker, pinned: null }),
    [mode, people, tracks, lastSpeaker],
  );
  const [page, setPage] = useState(0);
  const byId = useMemo(() => new Map(people.map((person) => [person.participantId, person])), [people]);
  const cameraOf = (id: string) => tracks.find((track) => track.source === 'camera' && track.participantId === id);
  const tileOf = (id: string, onStage = false) => {
    const person = byId.get(id);
    if (!person) return null;
    const speaking = speakers.includes(id);
    const held = person.resting && ladder ? ladder.reason : null;
    return <Tile person={person} video={cameraOf(id)} held={held} speaking={speaking} big={onStage} watch={watch} />;
  };
  const hasSomething = (id: string) => {
    const person = byId.get(id);
    return person !== undefined && (person.camera || person.hand !== null);
  };

  if (layout.stage.kind === 'none') {
    return <Gallery tiles={layout.tiles} hasSomething={hasSomething} tileOf={tileOf} />;
  }
  const strip = tilePage(layout.tiles, STRIP_SIZE, page, hasSomething);
  const { stage } = layout;
  const screen = stage.kind === 'screen' ? tracks.find(({ trackId }) => trackId === stage.trackId) : undefined;
  return (
    <div className={`${styles.stage} ${strip.count === 0 ? styles.alone : ''}`}>
      <div className={styles.main}>
        {stage.kind === 'person' && <div className={styles.speaker}>{tileOf(stage.participantId, true)}</div>}
        {screen && <ScreenView track={screen} owner={byId.get(stage.participantId)} ladder={ladder} watch={watch} />}
        {people.length === 1 && <p className={styles.first}>{text('room.alone')}</p>}
      </div>
      {strip.count > 0 && (
        <div className={styles.below}>
          <ul className={styles.strip} aria-label={text('room.strip')} {...(strip.count > 3 ? { tabIndex: 0 } : {})}>
            {strip.ids.map((id, index) => (
              <li key={id} aria-setsize={strip.count} aria-posinset={strip.first + index}>
                {tileOf(id)}
              </li>
            ))}
          </ul>
          <Pager shown={strip} turn={setPage} />
        </div>
      )}
    </div>
  );
}

/** Tiles below the stage at once, whether in sight or scrolled away: each costs layout, and a picture in it costs more. */
const STRIP_SIZE = 24;

/** Who interjects for less than this doesn't take the stage: a stage that jumps helps nobody, and every jump costs a key frame. */
const TAKES_STAGE_MS = 1_200;

/** Who spoke last for a while, other than the reader; kept through pauses. */
function useLastSpeaker(speakers: readonly string[], self: string): string | null {
  const loudest = speakers.find((id) => id !== self) ?? null;
  const [last, setLast] = useState(loudest);
  useEffect(() => {
    if (loudest === null || loudest === last) return;
    const timer = setTimeout(() => setLast(loudest), last === null ? 0 : TAKES_STAGE_MS);
    return () => clearTimeout(timer);
  }, [loudest, last]);
  return last;
}
