import { createLyceumApi } from '@lyceum/sdk/rest';
import { type ComponentType, lazy } from 'react';
import { Route, Routes } from 'react-router';
import { InstitutionsPage } from '../features/sign-in/InstitutionsPage.js';
import { meQuery } from '../shared/session/meQuery.js';
import { sessionQuery } from '../shared/sessions/sessionQuery.js';
import { NotFound } from './NotFound.js';
import { OnePlace } from './OnePlace.js';
import { queryClient } from './queryClient.js';
import { Shell } from './Shell.js';
import { TenantPages } from './TenantPages.js';

type Load = () => Promise<ComponentType>;
/** A page in a chunk of its own. */
const page = (load: Load) => lazy(async () => ({ default: await load() }));

const loadRoom = () => import('../features/room/index.js');
const loadCalls = () => import('@lyceum/sdk/media');
const DesignPage = page(async () => (await import('../design/page/DesignPage.js')).DesignPage);
const HomePage = page(async () => (await import('../features/home/HomePage.js')).HomePage);
const CoursesPage = page(async () => (await import('../features/courses/CoursesPage.js')).CoursesPage);
const CoursePage = page(async () => (await import('../features/courses/CoursePage.js')).CoursePage);
const NewSessionPage = page(async () => (await import('../features/sessions/NewSessionPage.js')).NewSessionPage);
const SessionPage = page(async () => (await import('../features/sessions/SessionPage.js')).SessionPage);
const RoomPage = page(async () => (await loadRoom()).RoomPage);
const ReplayPage = page(async () => (await import('../features/replay/ReplayPage.js')).ReplayPage);
const PeoplePage = page(async () => (await import('../features/people/PeoplePage.js')).PeoplePage);
const AuditPage = page(async () => (await import('../features/audit/AuditPage.js')).AuditPage);
/** Pages fed by fixtures, for looking at; only in a build made with `--mode gallery`. */
const GalleryPages =
  import.meta.env.MODE === 'gallery'
    ? page(async () => (await import('../gallery/GalleryPages.js')).GalleryPages)
    : null;

/**
 * Who opens a room's link needs its page, the call library, to be known, and the session. None of the four has to wait for
 * another, so all are asked for in the first moment; the pages find them on their way or there. Who goes straight in is
 * on their way as soon as the room's code is there.
 */
export function fetchAhead({ pathname, search }: Location): void {
  const [, tenant, sessionId] = /^\/t\/([^/]+)\/sessions\/([^/]+)\/?$/u.exec(pathname) ?? [];
  if (tenant === undefined || sessionId === undefined) return;
  const api = createLyceumApi({ tenant });
  // Whoever needs the code asks again, and tells the reader when it can't be fetched.
  const tellLater = () => undefined;
  loadRoom()
    .then((room) => room.skipsCheck(search) && room.beginAhead(api, sessionId))
    .catch(tellLater);
  loadCalls().catch(tellLater);
  void queryClient.prefetchQuery(meQuery(tenant));
  void queryClient.prefetchQuery({ ...sessionQuery(api, sessionId), staleTime: Infinity });
}

export function Pages() {
  return (
    <Routes>
      <Route index element={<InstitutionsPage />} />
      <Route path="design" element={<DesignPage />} />
      {GalleryPages && <Route path="gallery/*" element={<GalleryPages />} />}
      <Route path="t/:tenant" element={<TenantPages />}>
        <Route element={<OnePlace />}>
          <Route path="sessions/:sessionId" element={<RoomPage />} />
          <Route path="sessions/:sessionId/replay" element={<ReplayPage />} />
        </Route>
        <Route element={<Shell />}>
          <Route index element={<HomePage />} />
          <Route path="courses" element={<CoursesPage />} />
          <Route path="courses/:courseId" element={<CoursePage />} />
          <Route path="courses/:courseId/sessions/new" element={<NewSessionPage />} />
          <Route path="sessions/:sessionId/details" element={<SessionPage />} />
          <Route path="people" element={<PeoplePage />} />
          <Route path="audit" element={<AuditPage />} />
          <Route path="*" element={<NotFound />} />
        </Route>
      </Route>
      <Route
        path="*"
        element={
          <main>
            <NotFound />
          </main>
        }
      />
    </Routes>
  );
}
