import { Mic, MicOff, ShieldCheck, Video, VideoOff, Volume2 } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { BarButton, Button, Checkbox, Chip, Icon, Meter, Select } from '../../design/index.js';
import { useText } from '../../shared/i18n/text.js';
import { PlaceBar } from '../../shared/ui/PlaceBar.js';
import styles from './DeviceCheck.module.css';
import type { LocalMediaView, RoomPhase } from './model.js';
import { useLevel } from './useLevel.js';

export type NetworkState = 'checking' | 'ok' | 'relay' | 'failed';

export interface CheckModel extends LocalMediaView {
  readonly phase: RoomPhase;
  readonly courseCode: string;
  readonly title: string;
  readonly courseHref: string;
  readonly network: NetworkState;
  /** False while the room is not to be opened yet, which a check would do. */
  readonly networkKnown: boolean;
  readonly skip: boolean;
  /** What the click does: open the class, or go in. */
  readonly opens: boolean;
  readonly ready: boolean;
  readonly joining: boolean;
  /** Joined, but the class isn't open; goes in by itself. */
  readonly waitsForStart: boolean;
  readonly recorded: boolean;
}

export interface CheckActions {
  setMic: (on: boolean) => void;
  setCamera: (on: boolean) => void;
  chooseMic: (id: string) => void;
  chooseCamera: (id: string) => void;
  chooseSpeaker: (id: string) => void;
  testSpeaker: () => void;
  setSkip: (skip: boolean) => void;
  join: () => void;
}

const micWords = {
  on: 'room.mic.mute',
  off: 'room.mic.unmute',
  starting: 'room.mic.unmute',
  blocked: 'room.mic.blocked',
  missing: 'room.mic.missing',
} as const;
const cameraWords = {
  on: 'room.camera.stop',
  off: 'room.camera.start',
  starting: 'room.camera.start',
  blocked: 'room.camera.blocked',
  missing: 'room.camera.missing',
} as const;

/** A component of its own: it draws ten times a second, and the page around it must not. */
function MicMeter({ track }: { track: MediaStreamTrack | undefined }) {
  const text = useText();
  return <Meter label={text('room.check.mic.level')} level={useLevel(track)} />;
}

/** See and hear oneself before the others do. The room's socket and transports open behind it meanwhile. */
export function DeviceCheckView({ model, actions }: { model: CheckModel; actions: CheckActions }) {
  const text = useText();
  const blocked = model.mic === 'blocked' || model.camera === 'blocked';
  const missing = model.mic === 'missing';
  return (
    <div className={styles.page} data-room-state={model.phase}>
      <PlaceBar
        back={{ href: model.courseHref, label: text('room.back') }}
        title={text('room.title', { course: model.courseCode, title: model.title })}
        heading={false}
      />
      <main className={styles.main}>
        <section className={styles.self} aria-label={text('room.check.preview')}>
          <Preview track={model.camera === 'on' ? model.cameraTrack : null} />
          <div className={styles.switches}>
            <BarButton
              icon={model.mic === 'on' ? Mic : MicOff}
              word={text(micWords[model.mic])}
              state={model.mic === 'on' ? 'on' : 'off'}
              onPress={() => actions.setMic(model.mic !== 'on')}
            />
            <BarButton
              icon={model.camera === 'on' ? Video : VideoOff}
              word={text(cameraWords[model.camera])}
              state={model.camera === 'on' ? 'on' : 'off'}
              onPress={() => actions.setCamera(model.camera !== 'on')}
            />
          </div>
        </section>
        <section className={styles.side}>
          <h1>{text(model.opens ? 'room.check.title.start' : 'room.check.title')}</h1>
          <p className={styles.private}>
            <Icon of={ShieldCheck} size={18} />
            {text('room.check.private')}
            {model.recorded && ` ${text('room.check.recorded')}`}
          </p>
          {(blocked || missing) && (
            <p role="alert" className={styles.blocked}>
              {text(blocked ? 'room.check.mic.blocked' : 'room.check.mic.missing')}
            </p>
          )}
          <div className={styles.device}>
            <Select
              label={text('room.check.camera')}
              options={model.cameras}
              value={model.cameraId}
              onChange={actions.chooseCamera}
              placeholder={text('room.check.camera.default')}
              isDisabled={model.cameras.length === 0}
            />
          </div>
          <div className={styles.device}>
            <Select
              label={text('room.check.mic')}
              options={model.mics}
              value={model.micId}
              onChange={actions.chooseMic}
              placeholder={text('room.check.mic.default')}
              isDisabled={model.mics.length === 0}
            />
            <MicMeter track={model.mic === 'on' ? (model.micTrack ?? undefined) : undefined} />
          </div>
          <div className={`${styles.device} ${styles.withButton}`}>
            <Select
              label={text('room.check.speaker')}
              options={model.speakers}
              value={model.speakerId}
              onChange={actions.chooseSpeaker}
              placeholder={text('room.check.speaker.default')}
              isDisabled={model.speakers.length === 0}
            />
            <Button icon={Volume2} onPress={actions.testSpeaker}>
              {text('room.check.speaker.test')}
            </Button>
          </div>
          <p className={styles.network} role="status">
            <span>{text('room.check.network')}</span>
            {model.networkKnown ? (
              <Network state={model.network} />
            ) : (
              <span className="muted">{text('room.check.network.later')}</span>
            )}
          </p>
          {model.waitsForStart && (
            <p role="status" className={styles.notOpen}>
              {text('room.check.notOpen')}
            </p>
          )}
          <div className={styles.go}>
            <Button
              variant="primary"
              wide
              onPress={actions.join}
              isDisabled={!model.ready}
              isPending={model.joining || model.waitsForStart}
            >
              {text(model.joining ? 'room.check.joining' : model.opens ? 'room.check.start' : 'room.check.join')}
            </Button>
            <Checkbox isSelected={model.skip} onChange={actions.setSkip}>
              {text('room.check.skip')}
            </Checkbox>
          </div>
        </section>
      </main>
    </div>
  );
}

function Network({ state }: { state: NetworkState }) {
  const text = useText();
  const tone = ({ checking: 'plain', ok: 'live', relay: 'live', failed: 'warn' } as const)[state];
  if (state === 'failed') return <span className={styles.failed}>{text('room.check.network.failed')}</span>;
  return <Chip tone={tone}>{text(`room.check.network.${state}`)}</Chip>;
}

function Preview({ track }: { track: MediaStreamTrack | null }) {
  const text = useText();
  const ref = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    const element = ref.current;
    if (!element || !track) return;
    element.srcObject = new MediaStream([track]);
    element.play().catch(() => undefined);
    return () => {
      element.srcObject = null;
    };
  }, [track]);
  return (
    <div className={styles.preview}>
      {track ? (
        <video ref={ref} autoPlay muted playsInline data-local="" data-source="camera" />
      ) : (
        <p>{text('room.check.camera.off')}</p>
      )}
    </div>
  );
}
