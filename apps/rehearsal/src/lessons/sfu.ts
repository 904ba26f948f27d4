import { BareSfu } from '../audience/bare-sfu.js';
import { encodedClip } from '../audience/clip.js';
import { CostMeter } from '../audience/costs.js';
import { countFor } from '../audience/received.js';
import { Robots, openSeats } from '../audience/robots.js';
import type { Plan } from '../audience/wire.js';
import { median } from '../measure/statistics.js';
import { busiestMediaWorker } from '../processes.js';
import { ReportBuilder, type Report } from '../report.js';
import { pause, type RehearsalOptions } from './stage.js';

export interface SfuOptions extends RehearsalOptions {
  readonly robots: number;
  /** Ours and bare mediasoup take turns this often. */
  readonly rounds: number;
  readonly secondsEach: number;
}

/** A sharp picture: what an SFU is usually compared with is big packets. */
const VIDEO_KBPS = 2_000;
const AT_ONCE = 20;
const SETTLE_MS = 1_000;

/** What forwarding cost in one turn. */
interface Turn {
  /** Percent of a core per 100 Mbit/s that reached the robots. */
  readonly pctPer100Mbps: number;
  readonly consumersPerCore: number;
  readonly mbps: number;
  readonly lossPct: number;
}

/**
 * The cost of forwarding in our media node (its worker and its own process) beside mediasoup alone (its worker), in turns
 * of the same run, with the same robots, picture and worker program.
 */
export async function sfu(options: SfuOptions): Promise<Report> {
  const { appliance, tenant, robots: count, say } = options;
  const report = new ReportBuilder('sfu');
  const clip = await encodedClip(options.captureDir, VIDEO_KBPS);
  const made = await openSeats(tenant, count);
  const bare = await BareSfu.start(appliance.workerBin);
  const companies: Robots[] = [];
  try {
    const gather = async (plan: Pick<Plan, 'url' | 'caFile'>) => {
      const { robots } = await Robots.seat({ ...plan, seats: made.seats, atOnce: AT_ONCE, clip });
      companies.push(robots);
      await robots.order({ do: 'rest' }, 'rest');
      return robots;
    };
    say(`${count} robots come to our media node and ${count} to bare mediasoup …`);
    const ours = await gather({
      url: `${appliance.origin.replace('http', 'ws')}/t/${tenant}/rt`,
      caFile: appliance.caFile,
    });
    const theirs = await gather({ url: bare.url });
    await ours.order({ do: 'play' }, 'play');
    // The node that has the class; the other one forwards nothing.
    const { node } = await busiestMediaWorker();
    await ours.order({ do: 'rest' }, 'rest');
    const meter = new CostMeter(new Map([['ours', node]]));
    const bareMeter = new CostMeter(new Map([['bare', bare.pid]]));
    const [oursTurns, bareTurns]: [Turn[], Turn[]] = [[], []];
    for (let round = 0; round < options.rounds; round += 1) {
      say(`Round ${round + 1} of ${options.rounds} …`);
      oursTurns.push(await turn(ours, meter, options.secondsEach));
      bareTurns.push(await turn(theirs, bareMeter, options.secondsEach));
    }
    tell(report, oursTurns, bareTurns);
  } finally {
    await Promise.allSettled(companies.map((robots) => robots.leave()));
    bare.close();
  }
  return report.build();
}

/** Lets one company listen for a while. */
async function turn(robots: Robots, meter: CostMeter, seconds: number): Promise<Turn> {
  await robots.order({ do: 'play' }, 'play');
  await pause(SETTLE_MS);
  const { received, spent } = await countFor(robots, meter, seconds);
  await robots.order({ do: 'rest' }, 'rest');
  const cpu = spent(/./);
  const mbps = (8 * received.bytes) / received.seconds / 1e6;
  return {
    pctPer100Mbps: (100 * cpu) / received.seconds / (mbps / 100),
    consumersPerCore: (received.listeners * 2 * received.seconds) / cpu,
    mbps,
    lossPct: received.lossPctMax,
  };
}

function tell(report: ReportBuilder, ours: readonly Turn[], bare: readonly Turn[]): void {
  const middle = (turns: readonly Turn[], of: keyof Turn) => median(turns.map((one) => one[of]));
  report.metric('sfu_pct_core_per_100mbps', middle(ours, 'pctPer100Mbps'), 2);
  report.metric('bare_pct_core_per_100mbps', middle(bare, 'pctPer100Mbps'), 2);
  report.metric('sfu_ratio', middle(bare, 'pctPer100Mbps') / middle(ours, 'pctPer100Mbps'), 3);
  report.metric('sfu_consumers_per_core', middle(ours, 'consumersPerCore'));
  report.metric('bare_consumers_per_core', middle(bare, 'consumersPerCore'));
  report.metric('sfu_mbps', middle(ours, 'mbps'));
  report.metric('bare_mbps', middle(bare, 'mbps'));
  report.metric('loss_pct_max', Math.max(...[...ours, ...bare].map(({ lossPct }) => lossPct)), 2);
  report.expectWithin('sfu_ratio', { atLeast: 0.95 });
  report.expectWithin('loss_pct_max', { atMost: 1 });
}
