import { campus } from '../network/campus.js';
import { coldJoinMs, warmJoinMs } from '../measure/joins.js';
import { quantile } from '../measure/statistics.js';
import type { Report, ReportBuilder } from '../report.js';
import type { Person } from '../robot/person.js';
import { endClass, planClass } from './class-session.js';
import { firstPicture } from './first-picture.js';
import { judgePaths, type Firewalled } from './relayed.js';
import { pause, rehearse, type RehearsalOptions } from './stage.js';

export interface JoinOptions extends RehearsalOptions {
  /** Joins of each kind; pairs are half as many. */
  readonly repetitions: number;
  /** Where everyone sits; left out, nothing is between them and the appliance. */
  readonly network?: Firewalled | undefined;
}

const WARM_MS = 400;
const COLD_MS = 1500;
const PAIR_APART_MS = 100;

async function leaveRoom(person: Person): Promise<void> {
  await person.press('Leave');
  await person.inRoomState('ended');
}

/**
 * How long it takes from a click to the first picture, in a class whose teacher sends one: warm (the device check is open,
 * Join is clicked), two people 100 ms apart, and cold (a link is opened by someone who is signed in).
 */
export function join(options: JoinOptions): Promise<Report> {
  const { say, repetitions, patience, network, appliance } = options;
  return rehearse(network ? `join-${network}` : 'join', options, async (stage, report) => {
    const where = network ? { network: await stage.through(campus(appliance, network)) } : {};
    const teacher = await stage.arrive('anna', where);
    const maya = await stage.arrive('maya', where);
    const tomas = await stage.arrive('tomas', where);
    await tomas.wait();
    const session = await planClass(teacher, 'Joins');
    await teacher.openRoom(session.id);
    await teacher.join();
    await pause(3000);

    say('warm joins');
    const warm: number[] = [];
    for (let n = 0; n < repetitions; n++) {
      await maya.openRoom(session.id);
      // The person looks at the device check; what loads behind it is done by then.
      await pause(1500);
      await maya.join();
      warm.push(await firstPicture(maya, warmJoinMs));
      if (network && n === 0) await judgePaths([teacher, maya], network, report);
      await leaveRoom(maya);
    }
    say('two at a time');
    const pairs: number[] = [];
    for (let n = 0; n < Math.ceil(repetitions / 2); n++) {
      const both = [maya, tomas];
      await Promise.all(both.map((person) => person.openRoom(session.id)));
      await pause(2500);
      const first = maya.join();
      await pause(PAIR_APART_MS);
      await Promise.all([first, tomas.join()]);
      pairs.push(...(await Promise.all(both.map((person) => firstPicture(person, warmJoinMs)))));
      await Promise.all(both.map(leaveRoom));
    }
    await tomas.wait();
    say('cold joins');
    const cold: number[] = [];
    for (let n = 0; n < repetitions; n++) {
      await maya.wait();
      await pause(500);
      await maya.openRoomAtOnce(session.id);
      cold.push(await firstPicture(maya, coldJoinMs));
      await leaveRoom(maya);
    }
    await endClass(teacher);
    const kinds = { join_warm: warm, join_pair: pairs, join_cold: cold };
    for (const [name, times] of Object.entries(kinds)) judge(name, times, report);
    report.metric('joins', warm.length + pairs.length + cold.length);
    report.expectWithin('join_warm_ms_p95', { atMost: WARM_MS * patience });
    report.expectWithin('join_pair_ms_p95', { atMost: WARM_MS * patience });
    report.expectWithin('join_cold_ms_p95', { atMost: COLD_MS * patience });
  });
}

function judge(name: string, times: readonly number[], report: ReportBuilder): void {
  const unseen = times.filter(Number.isNaN).length;
  report.expect(unseen === 0, `${name}: ${unseen} of ${times.length} saw nobody`);
  const seen = times.filter((ms) => !Number.isNaN(ms));
  report.metric(`${name}_ms_p50`, quantile(seen, 0.5));
  report.metric(`${name}_ms_p95`, quantile(seen, 0.95));
}
