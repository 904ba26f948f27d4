import { CostMeter, spentBetween } from '../audience/costs.js';
import { Robots, openSeats } from '../audience/robots.js';
import { tellStorm } from '../audience/storm.js';
import { ReportBuilder, type Report } from '../report.js';
import type { RehearsalOptions } from './stage.js';

export interface EventsOptions extends RehearsalOptions {
  readonly seats: number;
  readonly seconds: number;
}

const PER_SECOND = 5;
const BAR_P99_MS = 150;

/** Seats being taken at one moment: everybody who waits at the door pushes, but a browser or two at a time get through. */
const AT_ONCE = 100;

/**
 * After everybody has come in, someone says something five times a second: how long until each of the others hears it.
 * Sockets go through the edge to both api processes, as people's do.
 */
export async function events(options: EventsOptions): Promise<Report> {
  const { appliance, tenant, seats, seconds, say } = options;
  const report = new ReportBuilder('events');
  say(`Making ${seats} seats …`);
  // The teacher's seat is one of them.
  const made = await openSeats(tenant, seats - 1);
  say('Everybody comes in …');
  const meter = await CostMeter.of(/^(api-\d|edge|postgres)$/);
  const atDoor = meter.read();
  const { robots, storm } = await Robots.seat({
    url: `${appliance.origin.replace('http', 'ws')}/t/${tenant}/rt`,
    caFile: appliance.caFile,
    seats: made.seats,
    atOnce: AT_ONCE,
  });
  try {
    tellStorm(report, storm);
    const inside = meter.read();
    report.metric('storm_api_cpu_s', spentBetween(atDoor, inside, /^api-/));
    say(`Talking for ${seconds} s …`);
    const before = meter.read();
    const { data: chat } = await robots.order({ do: 'chat', perSecond: PER_SECOND, seconds }, 'chatted');
    const after = meter.read();

    report.metric('seats', chat.seats);
    report.metric('events_ms_p50', chat.arrivalMs.p50);
    report.metric('events_ms_p99', chat.arrivalMs.p99);
    report.metric('events_ms_max', chat.arrivalMs.max);
    report.metric('answer_ms_p50', chat.answerMs.p50);
    report.metric('answer_ms_p99', chat.answerMs.p99);
    report.metric('events_said', chat.said);
    report.metric('copies_missing', chat.missing);
    for (const [side, names] of Object.entries({ api: /^api-/, edge: /^edge$/, postgres: /^postgres$/ })) {
      report.metric(`${side}_cores`, spentBetween(before, after, names) / seconds, 2);
    }
    report.metric('robot_cores', chat.robotCpuSeconds / seconds, 2);

    report.expectWithin('seats', { atLeast: seats, atMost: seats });
    report.expectWithin('copies_missing', { atMost: 0 });
    report.expectWithin('events_ms_p99', { atMost: BAR_P99_MS * options.patience });
  } finally {
    await robots.leave();
  }
  return report.build();
}
