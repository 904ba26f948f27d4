import type { ComponentType } from 'react';
import { createBrowserRouter, type RouteObject } from 'react-router';
import { InstitutionsPage } from '../features/sign-in/InstitutionsPage.js';
import { NotFound } from './NotFound.js';
import { Root } from './Root.js';
import { RouteError } from './RouteError.js';
import { Shell } from './Shell.js';
import { startMe, TenantPages } from './TenantPages.js';

/** A page in a chunk of its own. */
const lazily = (load: () => Promise<ComponentType>) => ({ lazy: async () => ({ Component: await load() }) });

/** Pages fed by fixtures, for looking at; only in a build made with `--mode gallery`. */
const gallery: RouteObject[] =
  import.meta.env.MODE === 'gallery'
    ? [{ path: 'gallery/*', ...lazily(async () => (await import('../gallery/GalleryPages.js')).GalleryPages) }]
    : [];

const pages: RouteObject[] = [
  { index: true, ...lazily(async () => (await import('../features/home/HomePage.js')).HomePage) },
  { path: 'courses', ...lazily(async () => (await import('../features/courses/CoursesPage.js')).CoursesPage) },
  { path: 'courses/:courseId', ...lazily(async () => (await import('../features/courses/CoursePage.js')).CoursePage) },
  {
    path: 'courses/:courseId/sessions/new',
    ...lazily(async () => (await import('../features/sessions/NewSessionPage.js')).NewSessionPage),
  },
  {
    path: 'sessions/:sessionId/details',
    ...lazily(async () => (await import('../features/sessions/SessionPage.js')).SessionPage),
  },
  { path: 'people', ...lazily(async () => (await import('../features/people/PeoplePage.js')).PeoplePage) },
  { path: 'audit', ...lazily(async () => (await import('../features/audit/AuditPage.js')).AuditPage) },
  { path: '*', Component: NotFound },
];

export const router = createBrowserRouter([
  {
    Component: Root,
    ErrorBoundary: RouteError,
    HydrateFallback: () => null,
    children: [
      { index: true, Component: InstitutionsPage },
      { path: 'design', ...lazily(async () => (await import('../design/page/DesignPage.js')).DesignPage) },
      ...gallery,
      {
        path: 't/:tenant',
        loader: startMe,
        Component: TenantPages,
        ErrorBoundary: RouteError,
        children: [
          {
            path: 'sessions/:sessionId',
            ...lazily(async () => (await import('../features/room/RoomPage.js')).RoomPage),
          },
          {
            path: 'sessions/:sessionId/replay',
            ...lazily(async () => (await import('../features/replay/ReplayPage.js')).ReplayPage),
          },
          { Component: Shell, children: [{ ErrorBoundary: RouteError, children: pages }] },
        ],
      },
      { path: '*', Component: NotFound },
    ],
  },
]);
