import { gapWithin } from '../measure/gaps.js';
import { muteLies } from '../measure/mute-lies.js';
import { quantile } from '../measure/statistics.js';
import { campus } from '../network/campus.js';
import type { WalledNetwork } from '../network/walled-network.js';
import type { Report, ReportBuilder } from '../report.js';
import { micWords } from '../robot/browser.js';
import type { Person } from '../robot/person.js';
import { endClass, planClass } from './class-session.js';
import { Ledger } from './ledger.js';
import { pause, rehearse, type RehearsalOptions } from './stage.js';
import { backOnSocketMs, everyoneSeesEveryone, seenTimes, visited } from './witnesses.js';

export interface HandoffOptions extends RehearsalOptions {
  readonly repetitions: number;
}

const GAP_MS = 3000;
const RECORDING_GAP_MS = 5000;
const GIVE_UP_MS = 60_000;

interface Move {
  /** Epoch ms of the change of address. */
  readonly at: number;
  readonly until: number;
}

/**
 * A student's laptop changes its address again and again during a class, as from Wi-Fi to mobile data: open connections go
 * silent without a word. Every second time the student mutes while the network is gone. Reports how long pictures stood
 * still in both directions, and how often the microphone's button said what others did not hear.
 */
export function handoff(options: HandoffOptions): Promise<Report> {
  return rehearse('handoff', options, async (stage, report) => {
    const network = await stage.through(campus(options.appliance, 'udp'));
    const teacher = await stage.arrive('anna');
    const student = await stage.arrive('maya', { network });
    const people = [teacher, student] as const;
    const session = await planClass(teacher, 'Handoff');
    for (const person of people) {
      await person.openRoom(session.id);
      await person.join();
      await person.openPanel('Chat');
    }
    await everyoneSeesEveryone(people, Date.now(), GIVE_UP_MS);
    await pause(5000);
    const ledger = new Ledger();
    const moves: Move[] = [];
    for (let n = 1; n <= options.repetitions; n++) {
      options.say(`the student's address changes, ${n} of ${options.repetitions}`);
      moves.push(await move(people, network, n, ledger, report));
    }
    await judge(people, moves, options, report);

    options.say('the class ends');
    await endClass(teacher);
    report.metric('recording_gap_ms_max', Math.max(0, ...(await ledger.audit(people, session.id, moves, report))));
    report.expectWithin('events_lost', { atMost: 0 });
    report.expectWithin('recording_gap_ms_max', { atMost: RECORDING_GAP_MS * options.patience });
  });
}

async function move(
  people: readonly [Person, Person],
  network: WalledNetwork,
  n: number,
  ledger: Ledger,
  report: ReportBuilder,
): Promise<Move> {
  const [teacher, student] = people;
  const mutes = n % 2 === 0;
  await ledger.say(student, `before move ${n}`);
  const at = Date.now();
  await network.changeAddress();
  if (mutes) {
    await pause(500);
    await student.page.getByRole('button', { name: /^(Mute|Not heard|Starting)/ }).click();
  }
  await Promise.all([ledger.say(student, `student after move ${n}`), ledger.say(teacher, `teacher after move ${n}`)]);
  const again = await everyoneSeesEveryone(people, at + 500, GIVE_UP_MS);
  report.expect(again, `after move ${n} someone did not see everyone again within ${GIVE_UP_MS / 1000} s`);
  // Long enough to hear whether the mute held, and for late consequences.
  await pause(4000);
  const until = Date.now();
  if (mutes) {
    const unmute = student.page.getByRole('button', { name: micWords.muted, exact: true });
    const held = await unmute.isVisible();
    report.expect(held, `the mute during move ${n} did not hold`);
    if (held) await unmute.click();
    await pause(3000);
  }
  return { at, until };
}

async function judge(
  people: readonly [Person, Person],
  moves: readonly Move[],
  { patience }: HandoffOptions,
  report: ReportBuilder,
): Promise<void> {
  const [teacher, student] = people;
  const [first] = moves;
  if (!first) return;
  const seen = await seenTimes(people, first.at - 5000);
  const gaps = seen.flatMap(({ times }) => moves.map(({ at, until }) => gapWithin(times, at, until)));
  report.metric('gap_ms_p50', quantile(gaps, 0.5));
  report.metric('gap_ms_p95', quantile(gaps, 0.95));
  report.metric('gap_ms_max', Math.max(...gaps));
  report.metric('gap_idle_ms', Math.max(...seen.map(({ times }) => gapWithin(times, first.at - 5000, first.at))));

  const line = await student.line();
  const { pulses } = await teacher.read();
  const heard = pulses.filter(({ person }) => person === student.index).map(({ at }) => at);
  const words = { open: micWords.open, muted: micWords.muted };
  const lies = moves.map(({ at, until }) => muteLies({ shown: line.mic, words, heard }, at, until, patience));
  report.metric(
    'mute_lies',
    lies.reduce((sum, n) => sum + n, 0),
  );
  report.metric('back_ms_max', Math.max(...moves.map((one) => backOnSocketMs(line, one))));
  report.metric('repetitions', moves.length);
  const states = visited(line.phases, first.at).filter((state) => state !== 'present' && state !== 'reconnecting');
  report.expect(states.length === 0, `the student was sent out of the room: ${states.join(', ')}`);
  report.expectWithin('gap_ms_max', { atMost: GAP_MS * patience });
  report.expectWithin('mute_lies', { atMost: 0 });
}
