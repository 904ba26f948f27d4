import { createLyceumApi, createPlatformApi } from '@lyceum/sdk/rest';
import { useEffect, useState } from 'react';
import { type RouteObject, useParams, useRoutes } from 'react-router';
import { Shell } from '../app/Shell.js';
import { AuditPage } from '../features/audit/AuditPage.js';
import { CoursePage } from '../features/courses/CoursePage.js';
import { CoursesPage } from '../features/courses/CoursesPage.js';
import { HomePage } from '../features/home/HomePage.js';
import { PeoplePage } from '../features/people/PeoplePage.js';
import { ReplayPage } from '../features/replay/ReplayPage.js';
import { type CheckModel, DeviceCheckView } from '../features/room/DeviceCheckView.js';
import { SpeakersContext } from '../features/room/model.js';
import { RoomView } from '../features/room/RoomView.js';
import { NewSessionPage } from '../features/sessions/NewSessionPage.js';
import { SessionPage } from '../features/sessions/SessionPage.js';
import { InstitutionsPage } from '../features/sign-in/InstitutionsPage.js';
import { SignInPage } from '../features/sign-in/SignInPage.js';
import { showToast } from '../design/index.js';
import { type Apis, ApisContext, TenantContext } from '../shared/api/api.js';
import { useText } from '../shared/i18n/text.js';
import { MeContext } from '../shared/session/me.js';
import { roomActions, roomKinds, roomModel } from './room.js';
import { fixtureFetch, me } from './server.js';

const apis: Apis = {
  platform: createPlatformApi({ fetch: fixtureFetch }),
  tenant: (tenant) => createLyceumApi({ tenant, fetch: fixtureFetch }),
};

/** `/gallery/{path}`; links inside lead out of the gallery. */
const routes: RouteObject[] = [
  { path: 'check', Component: Check },
  { path: 'room/:kind?', Component: Room },
  { path: 'institutions', Component: InstitutionsPage },
  { path: 'sign-in', Component: SignInPage },
  { path: 'replay/:sessionId', Component: ReplayPage },
  {
    Component: Shell,
    children: [
      { path: 'home', Component: HomePage },
      { path: 'courses', Component: CoursesPage },
      { path: 'course/:courseId', Component: CoursePage },
      { path: 'new-session/:courseId', Component: NewSessionPage },
      { path: 'session/:sessionId', Component: SessionPage },
      { path: 'people', Component: PeoplePage },
      { path: 'audit', Component: AuditPage },
    ],
  },
];

const check: CheckModel = {
  phase: 'prepared',
  courseCode: 'Econ 210',
  title: 'Price elasticity',
  courseHref: '/gallery/course',
  mic: 'on',
  camera: 'off',
  micTrack: null,
  cameraTrack: null,
  mics: [{ id: 'a', label: 'Built-in microphone' }],
  cameras: [{ id: 'a', label: 'FaceTime HD camera' }],
  speakers: [{ id: 'a', label: 'Built-in speakers' }],
  micId: 'a',
  cameraId: 'a',
  speakerId: 'a',
  network: 'ok',
  networkKnown: true,
  skip: false,
  opens: true,
  ready: true,
  joining: false,
  waitsForStart: false,
  recorded: true,
};
const nothing = () => undefined;

function Check() {
  return (
    <DeviceCheckView
      model={check}
      actions={{
        setMic: nothing,
        setCamera: nothing,
        chooseMic: nothing,
        chooseCamera: nothing,
        chooseSpeaker: nothing,
        testSpeaker: nothing,
        setSkip: nothing,
        join: nothing,
      }}
    />
  );
}

/** What passes: devices that went and came. */
function Toasts() {
  const text = useText();
  useEffect(() => {
    showToast(text('room.device.mic.switched', { label: 'Built-in microphone' }), 'problem');
    showToast(text('room.device.back', { label: 'USB headset' }));
    showToast(text('room.device.speaker.gone'), 'problem');
  }, [text]);
  return null;
}

function Room() {
  const { kind = 'share' } = useParams();
  const [model] = useState(() => roomModel(roomKinds[kind] ?? { share: false, host: true }));
  return (
    <SpeakersContext value={model.speakers}>
      <RoomView model={model} actions={roomActions} />
      {kind === 'no-microphone' && <Toasts />}
    </SpeakersContext>
  );
}

/** Pages with the people and courses of the drawings, and no server. */
export function GalleryPages() {
  const page = useRoutes(routes);
  return (
    <ApisContext value={apis}>
      <TenantContext value="northfield">
        <MeContext value={me}>{page}</MeContext>
      </TenantContext>
    </ApisContext>
  );
}
