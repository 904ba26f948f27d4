import { BareSfu } from '../audience/bare-sfu.js';
import { encodedClip } from '../audience/clip.js';
import { CostMeter } from '../audience/costs.js';
import { countFor } from '../audience/received.js';
import { Robots, openSeats } from '../audience/robots.js';
import type { Plan } from '../audience/wire.js';
import { busiestMediaWorker } from '../processes.js';
import { ReportBuilder, type Report } from '../report.js';
import { pause, type RehearsalOptions } from './stage.js';

export interface SfuOptions extends RehearsalOptions {
  readonly robots: number;
  /** The robots rest between rounds. */
  readonly rounds: number;
  readonly secondsEach: number;
}

/** A sharp picture: what an SFU is usually compared with is big packets. */
const VIDEO_KBPS = 2_000;
const AT_ONCE = 20;
const SETTLE_MS = 1_000;

/** A company of robots that listens, and what forwarding to it costs. */
interface Side {
  readonly robots: Robots;
  readonly meter: CostMeter;
}

/** What one side got and cost in one round. */
interface Turn {
  /** Of a core. */
  readonly cpuSeconds: number;
  readonly megabits: number;
  readonly seconds: number;
  readonly consumers: number;
  readonly lossPct: number;
}

/**
 * The cost of forwarding in our media node (its worker and its own process) beside mediasoup alone (its worker), with the same
 * robots, picture and worker program. Both forward at the same time, so that whatever else slows this machine down slows both:
 * one after the other, the same work of the same worker can take twice as long a few seconds later.
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
    const sides: readonly Side[] = [
      { robots: ours, meter: new CostMeter(new Map([['ours', node]])) },
      { robots: theirs, meter: new CostMeter(new Map([['bare', bare.pid]])) },
    ];
    const turns: Turn[][] = [[], []];
    for (let round = 1; round <= options.rounds; round += 1) {
      say(`Round ${round} of ${options.rounds} …`);
      const now = await Promise.all(sides.map((side) => turn(side, options.secondsEach)));
      now.forEach((one, index) => turns[index]?.push(one));
    }
    tell(report, costOf(turns[0] ?? []), costOf(turns[1] ?? []));
  } finally {
    await Promise.allSettled(companies.map((robots) => robots.leave()));
    bare.close();
  }
  return report.build();
}

/** Lets one company listen for a while. */
async function turn({ robots, meter }: Side, seconds: number): Promise<Turn> {
  await robots.order({ do: 'play' }, 'play');
  await pause(SETTLE_MS);
  const { received, spent } = await countFor(robots, meter, seconds);
  // Whose packets come first changes from round to round.
  await robots.order({ do: 'rest' }, 'rest');
  return {
    cpuSeconds: spent(/./),
    megabits: (8 * received.bytes) / 1e6,
    seconds: received.seconds,
    consumers: 2 * received.listeners,
    lossPct: received.lossPctMax,
  };
}

/** What forwarding cost over all turns of a side. */
interface Cost {
  /** Percent of a core per 100 Mbit/s that reached the robots. */
  readonly pctPer100Mbps: number;
  readonly consumersPerCore: number;
  readonly mbps: number;
  readonly lossPct: number;
}

function costOf(turns: readonly Turn[]): Cost {
  const sum = (of: (turn: Turn) => number) => turns.reduce((total, one) => total + of(one), 0);
  const cpuSeconds = sum((one) => one.cpuSeconds);
  const megabits = sum((one) => one.megabits);
  return {
    pctPer100Mbps: (100 * cpuSeconds) / (megabits / 100),
    consumersPerCore: sum((one) => one.consumers * one.seconds) / cpuSeconds,
    mbps: megabits / sum((one) => one.seconds),
    lossPct: Math.max(...turns.map((one) => one.lossPct)),
  };
}

function tell(report: ReportBuilder, ours: Cost, bare: Cost): void {
  report.metric('sfu_pct_core_per_100mbps', ours.pctPer100Mbps, 2);
  report.metric('bare_pct_core_per_100mbps', bare.pctPer100Mbps, 2);
  report.metric('sfu_ratio', bare.pctPer100Mbps / ours.pctPer100Mbps, 3);
  report.metric('sfu_consumers_per_core', ours.consumersPerCore);
  report.metric('bare_consumers_per_core', bare.consumersPerCore);
  report.metric('sfu_mbps', ours.mbps);
  report.metric('bare_mbps', bare.mbps);
  report.metric('loss_pct_max', Math.max(ours.lossPct, bare.lossPct), 2);
  report.expectWithin('sfu_ratio', { atLeast: 0.95 });
  report.expectWithin('loss_pct_max', { atMost: 1 });
}
