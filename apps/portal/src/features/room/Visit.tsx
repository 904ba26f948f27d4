import type { SessionDetail } from '@lyceum/contracts';
import { replaceEqualDeep } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { useLocation } from 'react-router';
import { showToast } from '../../design/index.js';
import { useApi, useTenantPath } from '../../shared/api/api.js';
import { type Translate, useText } from '../../shared/i18n/text.js';
import { engineFor, skipsCheck, takeOver } from './ahead.js';
import { AudioSinks } from './AudioSinks.js';
import { DevicesDialog } from './DevicesDialog.js';
import { DeviceCheckView, type NetworkState } from './DeviceCheckView.js';
import { EndedView, endOf } from './EndedView.js';
import type { Trouble } from './engine/engine.js';
import { phaseOf, toModel } from './engine/toModel.js';
import { loadPanels } from './lazyPanels.js';
import { type DeviceNews, type RoomModel, SpeakersContext, type SteadyRoom } from './model.js';
import { useStored } from './preferences.js';
import { RoomView } from './RoomView.js';
import { testTone } from './testTone.js';
import { useActions } from './useActions.js';
import { usePicturesAhead } from './usePicturesAhead.js';
import { WaitingView } from './WaitingView.js';

/** A teacher who looks in earlier than this tests devices; the room isn't opened by that. */
const EARLY_MS = 60 * 60_000;
/** After this long without a path for media one may go in anyway, to read and write. */
const PATIENCE_MS = 6_000;

/** From the device check to the end of one stay in the room. */
export function Visit({ session, again }: { session: SessionDetail; again: () => void }) {
  const api = useApi();
  const text = useText();
  const path = useTenantPath();
  const { search } = useLocation();
  const [skip, setSkip] = useStored('skipCheck', false);
  const [skipping] = useState(() => skipsCheck(search));
  const opens = session.permissions.includes('room.open') && session.status === 'planned';
  const [early] = useState(() => opens && Date.parse(session.startsAt) - Date.now() > EARLY_MS && !skipping);
  const [engine] = useState(() => engineFor(api, session.id, (trouble) => tell(trouble, text)));
  const view = useSyncExternalStore(engine.subscribe, engine.snapshot);
  useEffect(() => {
    takeOver(engine);
    engine.start(!early);
    loadPanels().catch(() => undefined);
    if (skipping && !engine.snapshot().joining) engine.join();
    // Whoever goes to another page gives the seat up; closing the tab keeps it for a reload.
    return () => void engine.leave();
  }, [engine, early, skipping]);

  const courseHref = path(`courses/${session.course.id}`);
  const [reuse] = useState(() =>
    sharing<{ speakers: RoomModel['speakers']; base: Omit<SteadyRoom, 'soundBlocked'> }>(),
  );
  const { speakers, base } = useMemo(() => {
    const { speakers: speaking, ...rest } = toModel(view, session, courseHref, text('room.someone'));
    return reuse({ speakers: speaking, base: rest });
  }, [reuse, view, session, courseHref, text]);
  const phase = phaseOf(view);
  const { local } = view;
  usePicturesAhead(local.cameraTrack, view.remote);
  const waited = useWaited(PATIENCE_MS);
  const network: NetworkState =
    view.media === 'connected' ? (view.relayed ? 'relay' : 'ok') : waited ? 'failed' : 'checking';
  const [soundBlocked, setSoundBlocked] = useState(false);
  const [attempt, setAttempt] = useState(0);
  const [devicesOpen, setDevicesOpen] = useState(false);
  const actions = useActions(engine, {
    openDevices: useCallback(() => setDevicesOpen(true), []),
    unblockSound: useCallback(() => setAttempt((times) => times + 1), []),
  });
  const model: SteadyRoom = useMemo(() => ({ ...base, soundBlocked }), [base, soundBlocked]);
  if (phase === 'ended') {
    return (
      <EndedView
        kind={view.left ? 'left' : endOf(view.room.bye)}
        session={session}
        again={again}
        problem={view.room.bye}
      />
    );
  }
  if (phase === 'waiting') return <WaitingView title={base.title} leave={actions.leave} />;
  // The click shows the room at once; the server's answer only fills it. Where a lobby may come first, it waits for that.
  const { openedAt, lobby } = view.room.state;
  const goingIn = view.joining && phase === 'prepared' && openedAt !== null && (!lobby.enabled || base.may.moderate);
  if (phase === 'present' || phase === 'reconnecting' || goingIn) {
    return (
      <>
        <SpeakersContext value={speakers}>
          <RoomView model={model} actions={actions} />
        </SpeakersContext>
        <AudioSinks tracks={model.tracks} speakerId={local.speakerId} onBlocked={setSoundBlocked} attempt={attempt} />
        {devicesOpen && (
          <DevicesDialog local={local} devices={engine.devices()} onClose={() => setDevicesOpen(false)} />
        )}
      </>
    );
  }
  const notOpen = view.joining && phase === 'prepared' && view.room.state.openedAt === null;
  return (
    <DeviceCheckView
      model={{
        phase,
        courseCode: session.course.code,
        title: session.title,
        courseHref,
        mic: local.mic,
        camera: local.camera,
        micTrack: local.micTrack,
        cameraTrack: local.cameraTrack,
        mics: local.mics,
        cameras: local.cameras,
        speakers: local.speakers,
        micId: local.micId,
        cameraId: local.cameraId,
        speakerId: local.speakerId,
        network,
        networkKnown: !early,
        skip,
        opens,
        ready: early || (phase === 'prepared' && (view.media === 'connected' || waited)),
        joining: view.joining && !notOpen,
        waitsForStart: notOpen,
        recorded: session.recorded,
      }}
      actions={{
        setMic: (on) => void engine.setMic(on),
        setCamera: (on) => void engine.setCamera(on),
        chooseMic: (id) => void engine.devices().chooseMic(id),
        chooseCamera: (id) => void engine.devices().chooseCamera(id),
        chooseSpeaker: (id) => engine.devices().chooseSpeaker(id),
        testSpeaker: () => testTone(local.speakerId),
        setSkip,
        join: () => engine.join(),
      }}
    />
  );
}

function useWaited(ms: number): boolean {
  const [over, setOver] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setOver(true), ms);
    return () => clearTimeout(timer);
  }, [ms]);
  return over;
}

/** Gives the parts that are equal to what they were the last time their old identity, so that they aren't drawn again. */
function sharing<T>(): (next: T) => T {
  let last: T | undefined;
  return (next) => (last = replaceEqualDeep(last, next));
}

function tell(trouble: Trouble, text: Translate): void {
  if (trouble === 'muted') showToast(text('room.muted.byHost'));
  else if (trouble === 'share') showToast(text('room.share.failed'), 'problem');
  else if ('device' in trouble) tellDevice(trouble, text);
  else showToast(trouble.action ? `${trouble.title}. ${trouble.action}` : trouble.title, 'problem');
}

/** A microphone that is gone stands above the stage for as long as nobody hears the reader; everything else passes. */
function tellDevice({ device, what, label }: DeviceNews, text: Translate): void {
  if (what === 'back' || what === 'refused')
    return showToast(text(`room.device.${what}`, { label }), what === 'back' ? 'plain' : 'problem');
  if (device !== 'mic' || what !== 'gone') showToast(text(`room.device.${device}.${what}`, { label }), 'problem');
}
