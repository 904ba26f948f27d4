import { type ComponentType, lazy } from 'react';
import { Route, Routes } from 'react-router';
import { InstitutionsPage } from '../features/sign-in/InstitutionsPage.js';
import { NotFound } from './NotFound.js';
import { Shell } from './Shell.js';
import { TenantPages } from './TenantPages.js';

type Load = () => Promise<ComponentType>;
/** A page in a chunk of its own. */
const page = (load: Load) => lazy(async () => ({ default: await load() }));

const loadRoom: Load = async () => (await import('../features/room/RoomPage.js')).RoomPage;
const DesignPage = page(async () => (await import('../design/page/DesignPage.js')).DesignPage);
const HomePage = page(async () => (await import('../features/home/HomePage.js')).HomePage);
const CoursesPage = page(async () => (await import('../features/courses/CoursesPage.js')).CoursesPage);
const CoursePage = page(async () => (await import('../features/courses/CoursePage.js')).CoursePage);
const NewSessionPage = page(async () => (await import('../features/sessions/NewSessionPage.js')).NewSessionPage);
const SessionPage = page(async () => (await import('../features/sessions/SessionPage.js')).SessionPage);
const RoomPage = page(loadRoom);
const ReplayPage = page(async () => (await import('../features/replay/ReplayPage.js')).ReplayPage);
const PeoplePage = page(async () => (await import('../features/people/PeoplePage.js')).PeoplePage);
const AuditPage = page(async () => (await import('../features/audit/AuditPage.js')).AuditPage);
/** Pages fed by fixtures, for looking at; only in a build made with `--mode gallery`. */
const GalleryPages =
  import.meta.env.MODE === 'gallery'
    ? page(async () => (await import('../gallery/GalleryPages.js')).GalleryPages)
    : null;

/** Who opens a room's link waits for its code from the first moment on, not until it is known who they are. */
export function fetchAhead(pathname: string): void {
  if (/^\/t\/[^/]+\/sessions\/[^/]+\/?$/u.test(pathname)) void loadRoom();
}

export function Pages() {
  return (
    <Routes>
      <Route index element={<InstitutionsPage />} />
      <Route path="design" element={<DesignPage />} />
      {GalleryPages && <Route path="gallery/*" element={<GalleryPages />} />}
      <Route path="t/:tenant" element={<TenantPages />}>
        <Route path="sessions/:sessionId" element={<RoomPage />} />
        <Route path="sessions/:sessionId/replay" element={<ReplayPage />} />
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
