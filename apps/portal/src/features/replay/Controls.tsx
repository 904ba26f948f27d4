import { Columns2, Maximize, Pause, Play, RotateCcw, RotateCw, Square, Volume2, VolumeX } from 'lucide-react';
import { type RefObject, useSyncExternalStore } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { IconButton, Menu, Scrubber } from '../../design/index.js';
import { useText } from '../../shared/i18n/text.js';
import { clockTime } from '../../shared/time/format.js';
import type { ReplayClock } from './clock.js';
import type { History } from './history.js';
import styles from './Replay.module.css';

export const SPEEDS = [0.75, 1, 1.25, 1.5, 1.75, 2] as const;
const STEP_MS = 10_000;

interface Props {
  clock: ReplayClock;
  position: number;
  history: History;
  muted: boolean;
  setMuted: (muted: boolean) => void;
  sideShown: boolean;
  setSideShown: (shown: boolean) => void;
  fullscreenOf: RefObject<HTMLElement | null>;
}

/** Where we are in the class, and what one can do about it. */
export function Controls(props: Props) {
  const { clock, position, muted, setMuted, sideShown, setSideShown, fullscreenOf } = props;
  const text = useText();
  const { playing, held, rate, durationMs } = useSyncExternalStore(clock.subscribe, clock.state);
  const speedLabel = (speed: number) => text('replay.speed', { speed: String(speed) });
  return (
    <section className={styles.controls} aria-label={text('replay.controls')}>
      <Track {...props} durationMs={durationMs} />
      <div className={styles.buttons}>
        <IconButton
          icon={playing ? Pause : Play}
          label={text(playing ? 'replay.pause' : 'replay.play')}
          tone="accent"
          round
          onPress={() => (playing ? clock.pause() : clock.play())}
        />
        <IconButton
          icon={RotateCcw}
          label={text('replay.back')}
          onPress={() => clock.seek(clock.position() - STEP_MS)}
        />
        <IconButton
          icon={RotateCw}
          label={text('replay.forward')}
          onPress={() => clock.seek(clock.position() + STEP_MS)}
        />
        <span className={`${styles.time} num`}>
          {clockTime(position)} <span className="muted">/ {clockTime(durationMs)}</span>
        </span>
        <span role="status" className={`${styles.buffering} muted`}>
          {held ? text('replay.buffering') : ''}
        </span>
        <Menu
          label={text('replay.speed.label')}
          entries={SPEEDS.map((speed) => ({
            id: String(speed),
            label: speedLabel(speed),
            selected: speed === rate,
            onAction: () => clock.setRate(speed),
          }))}
          trigger={
            <AriaButton
              className={`${styles.speed} num`}
              aria-label={`${text('replay.speed.label')}: ${speedLabel(rate)}`}
            >
              {speedLabel(rate)}
            </AriaButton>
          }
        />
        <IconButton
          icon={sideShown ? Columns2 : Square}
          label={text(sideShown ? 'replay.side.hide' : 'replay.side.show')}
          onPress={() => setSideShown(!sideShown)}
        />
        <IconButton
          icon={muted ? VolumeX : Volume2}
          label={text(muted ? 'replay.sound.on' : 'replay.sound.off')}
          onPress={() => setMuted(!muted)}
        />
        <IconButton
          icon={Maximize}
          label={text('replay.fullscreen')}
          onPress={() => {
            if (document.fullscreenElement) void document.exitFullscreen();
            else fullscreenOf.current?.requestFullscreen().catch(() => undefined);
          }}
        />
      </div>
    </section>
  );
}

/** The line with what happened on it: shared screens above, hands as dots. The panel's "Moments" has the same in words. */
function Track({ clock, position, history, durationMs }: Props & { durationMs: number }) {
  const text = useText();
  const share = (ms: number) => `${Math.min(100, (ms / Math.max(1, durationMs)) * 100)}%`;
  return (
    <div>
      {history.stretches.length > 0 && (
        <div className={styles.stretches} aria-hidden="true">
          {history.stretches.map((stretch) => {
            const on = stretch.startMs <= position && position < stretch.endMs;
            const style = { left: share(stretch.startMs), width: share(stretch.endMs - stretch.startMs) };
            return (
              <button
                key={stretch.key}
                type="button"
                tabIndex={-1}
                className={`${styles.stretch} ${on ? styles.on : ''}`}
                style={style}
                onClick={() => clock.seek(stretch.startMs)}
              >
                {text('replay.stretch', { name: history.nameOf(stretch.participantId) ?? text('replay.someone') })}
              </button>
            );
          })}
        </div>
      )}
      <Scrubber
        label={text('replay.position')}
        valueText={text('replay.position.of', { position: clockTime(position), duration: clockTime(durationMs) })}
        value={position}
        max={durationMs}
        onChange={(ms) => clock.seek(ms)}
      >
        {history.moments
          .filter(({ kind }) => kind === 'hand' || kind === 'poll')
          .map((moment) => (
            <span key={moment.key} className={styles.mark} style={{ left: share(moment.at) }} aria-hidden="true" />
          ))}
      </Scrubber>
    </div>
  );
}
