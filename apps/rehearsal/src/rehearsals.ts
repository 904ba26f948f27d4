import { firstClass } from './lessons/first-class.js';
import { handoff } from './lessons/handoff.js';
import { join } from './lessons/join.js';
import { events } from './lessons/events.js';
import { components, kill, mayStayAway } from './lessons/kill.js';
import { loss } from './lessons/loss.js';
import { soak } from './lessons/soak.js';
import { lecture } from './lessons/lecture.js';
import { sfu } from './lessons/sfu.js';
import type { RehearsalOptions } from './lessons/stage.js';
import type { Report } from './report.js';
import { oneOf, UsageError, wholeNumber } from './usage.js';

/** What the command line may say besides the name; every rehearsal takes the ones its usage names. */
export interface Arguments {
  /** What stands after the name. */
  readonly subject: string | undefined;
  readonly network: string | undefined;
  readonly repetitions: string | undefined;
  readonly seconds: string | undefined;
  readonly away: string | undefined;
  readonly people: string | undefined;
}

interface Rehearsal {
  readonly usage: string;
  readonly about: string;
  /** @throws UsageError before anything starts when an argument makes no sense. */
  prepare(given: Arguments): (options: RehearsalOptions) => Promise<Report>;
}

const firewall = (network: string | undefined) =>
  network === undefined ? undefined : oneOf('--network', network, ['tcp', 'tls']);

/** Every rehearsal by its name. */
export const rehearsals: Readonly<Record<string, Rehearsal>> = {
  'first-class': {
    usage: 'first-class [--network tcp|tls]',
    about:
      'a whole lesson, recorded and replayed; with --network from a place that lets only the pages and TURN through',
    prepare: ({ network }) => {
      const kind = firewall(network);
      // Behind a firewall the lesson proves that it can be held at all; how fast people join is measured without one.
      return (options) =>
        firstClass(
          kind
            ? { ...options, network: kind, warmJoins: 4, coldJoins: 2 }
            : { ...options, warmJoins: 10, coldJoins: 5 },
        );
    },
  },
  kill: {
    usage: 'kill COMPONENT [--repetitions N] [--away SECONDS]',
    about: `what a class notices when a process is killed: ${components.join(', ')}`,
    prepare: ({ subject, repetitions, away }) => {
      const component = oneOf('COMPONENT', subject, components);
      const times = wholeNumber('--repetitions', repetitions, 10);
      const awaySeconds = wholeNumber('--away', away, 0, 0);
      if (awaySeconds && !mayStayAway(component)) throw new UsageError(`${component} can't be kept --away.`);
      return (options) => kill({ ...options, component, repetitions: times, awaySeconds });
    },
  },
  handoff: {
    usage: 'handoff [--repetitions N]',
    about: "a student's address changes during the class, as from Wi-Fi to mobile data; needs root",
    prepare: ({ repetitions }) => {
      const times = wholeNumber('--repetitions', repetitions, 10);
      return (options) => handoff({ ...options, repetitions: times });
    },
  },
  join: {
    usage: 'join [--repetitions N] [--network tcp|tls]',
    about: 'from a click to the first picture: warm, two at a time, and cold; with --network as above',
    prepare: ({ repetitions, network }) => {
      const kind = firewall(network);
      const times = wholeNumber('--repetitions', repetitions, 20);
      return (options) => join({ ...options, repetitions: times, network: kind });
    },
  },
  loss: {
    usage: 'loss [--seconds N]',
    about: 'speech and pictures over a path that loses, delays and narrows, N seconds for each row; needs root',
    prepare: ({ seconds }) => {
      const each = wholeNumber('--seconds', seconds, 20, 5);
      return (options) => loss({ ...options, seconds: each });
    },
  },
  soak: {
    usage: 'soak MINUTES [--people N]',
    about: 'memory, processor time and drift of a class that goes on',
    prepare: ({ subject, people }) => {
      if (subject === undefined) throw new UsageError('soak takes the minutes it shall last.');
      const minutes = wholeNumber('MINUTES', subject, 30, 3);
      const count = wholeNumber('--people', people, 6, 2);
      return (options) => soak({ ...options, minutes, people: count });
    },
  },
  lecture: {
    usage: 'lecture N',
    about: "one teacher's picture and voice reach N robots over ICE, DTLS and SRTP, at what cost (400)",
    prepare: ({ subject }) => {
      const seats = wholeNumber('N', subject, 400);
      return (options) => lecture({ ...options, seats, seconds: 30 });
    },
  },
  sfu: {
    usage: 'sfu',
    about: 'what forwarding costs in our media node, beside mediasoup alone in the same run',
    prepare: () => (options) => sfu({ ...options, robots: 100, rounds: 12, secondsEach: 10 }),
  },
  events: {
    usage: 'events N',
    about: 'how long an event takes to reach all of N seats, five times a second for a minute (2000)',
    prepare: ({ subject }) => {
      const seats = wholeNumber('N', subject, 2000, 2);
      return (options) => events({ ...options, seats, seconds: 60 });
    },
  },
};
