import type { Replay } from '@lyceum/contracts';
import { useEffect, useMemo, useRef, useState } from 'react';
import { Chip } from '../../design/index.js';
import { useText } from '../../shared/i18n/text.js';
import { useTimes } from '../../shared/time/useTimes.js';
import { PlaceBar } from '../../shared/ui/PlaceBar.js';
import { ReplayClock } from './clock.js';
import { Conductor } from './conductor.js';
import { Controls } from './Controls.js';
import { createHistory } from './history.js';
import { ConductorContext } from './Parts.js';
import styles from './Replay.module.css';
import { ReplayPanel } from './ReplayPanel.js';
import { ReplayStage } from './ReplayStage.js';
import { usePosition } from './usePosition.js';

/** A class that was: the same stage and panel as the room, on a clock that the reader turns. */
export function ReplayView({ replay, title, backHref }: { replay: Replay; title: string; backHref: string }) {
  const text = useText();
  const times = useTimes();
  const [clock] = useState(() => startedClock(replay));
  const [conductor] = useState(() => new Conductor(clock));
  const [muted, setMuted] = useState(false);
  const [sideShown, setSideShown] = useState(true);
  const [chosen, setChosen] = useState<string | null>(null);
  const left = useRef<HTMLDivElement>(null);
  const history = useMemo(() => createHistory(replay), [replay]);
  const position = usePosition(clock);
  useEffect(() => clock.setDuration(replay.durationMs), [clock, replay.durationMs]);
  useEffect(() => {
    conductor.start();
    return () => {
      conductor.stop();
      clock.pause();
    };
  }, [conductor, clock]);
  usePlayerKeys(clock);
  const opened = new Date(replay.openedAt).toISOString();
  return (
    <ConductorContext value={conductor}>
      <div className={styles.page} data-replay-state={replay.status === 'ready' ? 'ready' : 'loading'}>
        <PlaceBar back={{ href: backHref, label: text('room.back') }} title={title}>
          <span className={`${styles.when} muted small`}>
            {text('replay.when', { date: times.date(opened), length: times.length(replay.durationMs) })}
          </span>
          {replay.status !== 'ready' && <Chip tone="warn">{text('replay.preparing')}</Chip>}
        </PlaceBar>
        <div className={styles.body}>
          <main className={styles.left} ref={left}>
            <ReplayStage
              tracks={replay.tracks}
              history={history}
              position={position}
              muted={muted}
              sideShown={sideShown}
              chosen={chosen}
              choose={setChosen}
            />
            <Controls
              clock={clock}
              position={position}
              history={history}
              muted={muted}
              setMuted={setMuted}
              sideShown={sideShown}
              setSideShown={setSideShown}
              fullscreenOf={left}
            />
          </main>
          <aside className={styles.panel} aria-label={text('room.panel')}>
            <ReplayPanel history={history} clock={clock} position={position} openedAt={replay.openedAt} />
          </aside>
        </div>
      </div>
    </ConductorContext>
  );
}

/** Stands at the first thing there is to see or hear, not in the minutes in which the teacher was alone with the door. */
function startedClock(replay: Replay): ReplayClock {
  const clock = new ReplayClock(replay.durationMs);
  const starts = replay.tracks.flatMap(({ segments }) => segments.map(({ startMs }) => startMs));
  if (starts.length > 0) clock.seek(Math.min(...starts));
  return clock;
}

/** Space and the arrows, as in every player; not while a field or another control has the keys. */
function usePlayerKeys(clock: ReplayClock): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      if (
        event.target instanceof Element &&
        event.target.closest('input, textarea, button, a, [role="tab"], [role="menu"]')
      )
        return;
      if (event.key === ' ') {
        if (clock.state().playing) clock.pause();
        else clock.play();
      } else if (event.key === 'ArrowLeft') clock.seek(clock.position() - 10_000);
      else if (event.key === 'ArrowRight') clock.seek(clock.position() + 10_000);
      else return;
      event.preventDefault();
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, [clock]);
}
