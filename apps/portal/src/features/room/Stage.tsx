import { use, useEffect, useMemo, useRef, useState } from 'react';
import { useText } from '../../shared/i18n/text.js';
import { chooseLayout, galleryColumns, type LayoutMode } from './layout.js';
import { type Person, type RoomActions, SpeakersContext, type SteadyRoom, type Track } from './model.js';
import styles from './Stage.module.css';
import { ScreenView, Tile } from './Tile.js';

/** The stage and what stands below it, or everyone in a gallery. */
export function Stage({ model, mode, watch }: { model: SteadyRoom; mode: LayoutMode; watch: RoomActions['watch'] }) {
  const text = useText();
  const { people, tracks } = model;
  const speakers = use(SpeakersContext);
  const lastSpeaker = useLastSpeaker(speakers, model.self.participantId);
  const layout = useMemo(
    () => chooseLayout({ mode, people, tracks, lastSpeaker, pinned: null }),
    [mode, people, tracks, lastSpeaker],
  );
  const byId = new Map(people.map((person) => [person.participantId, person]));
  const cameraOf = (id: string) => tracks.find((track) => track.source === 'camera' && track.participantId === id);
  const tiles = layout.tiles.flatMap((id) => byId.get(id) ?? []);

  if (layout.stage.kind === 'none') {
    return <Gallery people={tiles} cameraOf={cameraOf} speakers={speakers} watch={watch} />;
  }
  return (
    <div className={`${styles.stage} ${tiles.length === 0 ? styles.alone : ''}`}>
      <div className={styles.main}>
        <OnStage
          stage={layout.stage}
          tracks={tracks}
          byId={byId}
          watch={watch}
          cameraOf={cameraOf}
          speakers={speakers}
        />
        {people.length === 1 && <p className={styles.first}>{text('room.alone')}</p>}
      </div>
      {tiles.length > 0 && (
        <ul className={styles.strip} aria-label={text('room.strip')} {...(tiles.length > 3 ? { tabIndex: 0 } : {})}>
          {tiles.map((person) => (
            <li key={person.participantId}>
              <Tile
                person={person}
                video={cameraOf(person.participantId)}
                speaking={speakers.includes(person.participantId)}
                watch={watch}
              />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function OnStage(props: {
  stage: Exclude<ReturnType<typeof chooseLayout>['stage'], { kind: 'none' }>;
  tracks: readonly Track[];
  byId: ReadonlyMap<string, Person>;
  cameraOf: (id: string) => Track | undefined;
  speakers: readonly string[];
  watch: RoomActions['watch'];
}) {
  const { stage, tracks, byId, cameraOf, speakers, watch } = props;
  const owner = byId.get(stage.participantId);
  if (stage.kind === 'screen') {
    const track = tracks.find(({ trackId }) => trackId === stage.trackId);
    return track ? <ScreenView track={track} owner={owner} watch={watch} /> : null;
  }
  return owner ? (
    <div className={styles.speaker}>
      <Tile
        person={owner}
        video={cameraOf(owner.participantId)}
        speaking={speakers.includes(owner.participantId)}
        big
        watch={watch}
      />
    </div>
  ) : null;
}

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

function Gallery({
  people,
  cameraOf,
  speakers,
  watch,
}: {
  people: readonly Person[];
  cameraOf: (id: string) => Track | undefined;
  speakers: readonly string[];
  watch: RoomActions['watch'];
}) {
  const text = useText();
  const ref = useRef<HTMLUListElement>(null);
  const [box, setBox] = useState({ width: 1200, height: 700 });
  useEffect(() => {
    const element = ref.current;
    if (!element) return;
    const observer = new ResizeObserver(() => setBox({ width: element.clientWidth, height: element.clientHeight }));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const columns = galleryColumns(people.length, box.width, box.height);
  const rows = Math.ceil(people.length / columns);
  // Tiles stay 16:9; more people than fit scroll rather than shrink below what can be recognised.
  const width = Math.max(
    150,
    Math.min((box.width - 12 * (columns - 1)) / columns, (((box.height - 12 * (rows - 1)) / rows) * 16) / 9),
  );
  return (
    <ul
      ref={ref}
      className={styles.gallery}
      aria-label={text('room.gallery')}
      {...(people.length > 6 ? { tabIndex: 0 } : {})}
    >
      {people.map((person) => (
        <li key={person.participantId} style={{ width }}>
          <Tile
            person={person}
            video={cameraOf(person.participantId)}
            speaking={speakers.includes(person.participantId)}
            watch={watch}
          />
        </li>
      ))}
    </ul>
  );
}
