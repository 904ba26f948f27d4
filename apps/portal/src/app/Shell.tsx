import { useQuery } from '@tanstack/react-query';
import { BookOpen, House, type LucideIcon, ScrollText, Users } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { Link } from 'react-aria-components';
import { useLocation } from 'react-router';
import { Icon } from '../design/index.js';
import { useApi, useTenantPath } from '../shared/api/api.js';
import { useText } from '../shared/i18n/text.js';
import { useMay, useMe } from '../shared/session/me.js';
import { AccountMenu } from './AccountMenu.js';
import { OnePlace } from './OnePlace.js';
import styles from './Shell.module.css';

interface Entry {
  id: string;
  href: string;
  label: string;
  icon: LucideIcon;
}

/** The pages one can always go to, and the one that `pathname` belongs to. */
function useEntries(): { entries: Entry[]; current: string | undefined } {
  const text = useText();
  const path = useTenantPath();
  const { pathname } = useLocation();
  const mayList = useMay('person.list');
  const mayAudit = useMay('audit.read');
  const entries = [
    { id: 'home', href: path(), label: text('nav.home'), icon: House },
    { id: 'courses', href: path('courses'), label: text('nav.courses'), icon: BookOpen },
    ...(mayList ? [{ id: 'people', href: path('people'), label: text('nav.people'), icon: Users }] : []),
    ...(mayAudit ? [{ id: 'audit', href: path('audit'), label: text('nav.audit'), icon: ScrollText }] : []),
  ];
  const here = `${pathname.replace(/\/$/u, '')}/`;
  const current = entries.find(({ id, href }) => (id === 'home' ? here === href : here.startsWith(`${href}/`)));
  return { entries, current: current?.id };
}

/** Navigation beside every page but the room and the replay; below it on a phone. */
export function Shell() {
  const text = useText();
  const { tenant } = useMe();
  const { pathname } = useLocation();
  const { entries, current } = useEntries();
  const main = useRef<HTMLElement>(null);
  const shown = useRef(pathname);
  useEffect(() => {
    if (shown.current === pathname) return;
    shown.current = pathname;
    // The link that led here may be gone with its page: the keyboard goes on from the new one, not from the window's edge.
    if (document.activeElement === document.body) main.current?.focus();
  }, [pathname]);
  return (
    <div className={styles.shell}>
      <a className={styles.skip} href="#main">
        {text('nav.skip')}
      </a>
      <nav className={styles.nav} aria-label={text('nav.label')}>
        <span className={styles.brand}>
          <i aria-hidden="true" />
          {tenant.name.replace(/ (University|College|Institute)$/u, '')}
        </span>
        {entries.map((entry) => (
          <NavLink key={entry.id} entry={entry} here={entry.id === current} />
        ))}
        <MyCourses />
        <span className={styles.grow} />
        <AccountMenu />
      </nav>
      <main id="main" ref={main} className={styles.main} tabIndex={-1}>
        <OnePlace inMain />
      </main>
    </div>
  );
}

function NavLink({ entry, here }: { entry: Entry; here: boolean }) {
  return (
    <Link
      href={entry.href}
      className={`${styles.link} ${here ? styles.here : ''}`}
      {...(here ? { 'aria-current': 'page' as const } : {})}
    >
      <Icon of={entry.icon} size={18} />
      <span>{entry.label}</span>
    </Link>
  );
}

/** Shortcuts to the reader's own courses; nothing while they load, since nothing depends on them. */
function MyCourses() {
  const api = useApi();
  const text = useText();
  const path = useTenantPath();
  const { pathname } = useLocation();
  const courses = useQuery({
    queryKey: [api.tenant, 'courses'],
    queryFn: ({ signal }) => api.courses(signal),
    staleTime: 60_000,
  });
  const mine = courses.data?.items.filter(({ myRole }) => myRole !== null).slice(0, 8) ?? [];
  if (mine.length === 0) return null;
  return (
    <div className={styles.mine}>
      <h2>{text('nav.myCourses')}</h2>
      {mine.map((course) => {
        const href = path(`courses/${course.id}`);
        return (
          <Link key={course.id} href={href} className={`${styles.link} ${pathname === href ? styles.here : ''}`}>
            <i aria-hidden="true" />
            <span>{course.code}</span>
          </Link>
        );
      })}
    </div>
  );
}
