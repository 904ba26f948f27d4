import type { CourseRole, Role } from '@lyceum/contracts';

export interface DemoInstitution {
  slug: string;
  name: string;
  accent: string | null;
  people: readonly { username: string; name: string; roles: readonly Role[] }[];
  course: {
    code: string;
    title: string;
    term: string;
    timeZone: string;
    people: readonly { username: string; role: CourseRole }[];
    sessions: readonly string[];
  };
}

const northfield: DemoInstitution = {
  slug: 'northfield',
  name: 'Northfield University',
  accent: null,
  people: [
    { username: 'ada', name: 'Ada Moreau', roles: ['admin'] },
    { username: 'anna', name: 'Anna Lindqvist', roles: ['instructor'] },
    { username: 'per', name: 'Per Berg', roles: ['student'] },
    { username: 'maya', name: 'Maya Okafor', roles: ['student'] },
    { username: 'tomas', name: 'Tomás Rey', roles: ['student'] },
    { username: 'jun', name: 'Jun Hayashi', roles: ['student'] },
  ],
  course: {
    code: 'Econ 210',
    title: 'Intermediate Microeconomics',
    term: 'Autumn 2026',
    timeZone: 'Europe/Stockholm',
    people: [
      { username: 'anna', role: 'instructor' },
      { username: 'per', role: 'ta' },
      { username: 'maya', role: 'student' },
      { username: 'tomas', role: 'student' },
      { username: 'jun', role: 'student' },
    ],
    sessions: ['Market equilibrium', 'Elasticity', 'Consumer choice'],
  },
};

/** What a first visitor finds. The second institution is there to show that the two know nothing of each other. */
export const demoInstitutions: readonly DemoInstitution[] = [
  northfield,
  {
    slug: 'southgate',
    name: 'Southgate College',
    accent: '#8a4b2a',
    people: [
      { username: 'sam', name: 'Sam Adeyemi', roles: ['admin'] },
      { username: 'ines', name: 'Inês Duarte', roles: ['instructor'] },
      { username: 'leo', name: 'Leo Fischer', roles: ['student'] },
    ],
    course: {
      code: 'Bio 101',
      title: 'Foundations of Biology',
      term: 'Autumn 2026',
      timeZone: 'Europe/Lisbon',
      people: [
        { username: 'ines', role: 'instructor' },
        { username: 'leo', role: 'student' },
      ],
      sessions: ['The cell', 'Heredity'],
    },
  },
];

/** The same people and course under another address, for trainings and rehearsals that are to leave nothing elsewhere. */
export const demoInstitution = (slug: string, name: string): DemoInstitution => ({ ...northfield, slug, name });
