import { encodedClip } from '../audience/clip.js';
import { CostMeter, socketDrops } from '../audience/costs.js';
import { MEDIA, countFor } from '../audience/received.js';
import { Robots, openSeats } from '../audience/robots.js';
import { tellStorm } from '../audience/storm.js';
import { ReportBuilder, type Report } from '../report.js';
import type { RehearsalOptions } from './stage.js';

export interface LectureOptions extends RehearsalOptions {
  readonly seats: number;
  readonly seconds: number;
}

/** Of the teacher's picture: an ordinary small camera. */
const VIDEO_KBPS = 400;

/** Robots that come in at one moment: a class arrives within seconds, not within one. */
const AT_ONCE = 20;

/**
 * One teacher's 640×360 picture and voice reach many robots over real ICE, DTLS and SRTP, with retransmission of what was
 * lost. Robots and server share the machine, so the cost of each side is told apart.
 */
export async function lecture(options: LectureOptions): Promise<Report> {
  const { appliance, tenant, seats, say } = options;
  const report = new ReportBuilder('lecture');
  const clip = await encodedClip(options.captureDir, VIDEO_KBPS);
  say(`Making ${seats} seats …`);
  const made = await openSeats(tenant, seats);
  const url = `${appliance.origin.replace('http', 'ws')}/t/${tenant}/rt`;
  say('Everybody comes in …');
  const { robots, storm } = await Robots.seat({
    url,
    caFile: appliance.caFile,
    seats: made.seats,
    atOnce: AT_ONCE,
    clip,
  });
  try {
    tellStorm(report, storm);
    say(`Listening for ${options.seconds} s …`);
    const meter = await CostMeter.of(/^(api-|media)/);
    const ports = new Set(
      Object.entries(appliance.ports).flatMap(([name, of]) => (MEDIA.test(name) ? rtcPorts(of) : [])),
    );
    const dropsBefore = socketDrops(ports);
    const { received, spent } = await countFor(robots, meter, options.seconds);
    const { packets, bytes, seconds, expected, missed, lost, robotSocketDrops } = received;

    report.metric('seats', received.listeners);
    report.metric('loss_pct_max', received.lossPctMax, 2);
    report.metric('missed_pct_max', received.missedPctMax, 2);
    report.metric('delivered_pct', (100 * (expected - lost)) / (received.sent * received.listeners), 2);
    report.metric('packets_per_s', packets / seconds);
    report.metric('mbit_per_s', (8 * bytes) / seconds / 1e6);
    report.metric('packets_lost', lost);
    report.metric('packets_recovered', received.recovered);
    // What a robot read too slowly is the robots' own loss; what else was missed, the server or the network lost.
    report.metric('robot_socket_drops', robotSocketDrops);
    report.metric('media_socket_drops', socketDrops(ports) - dropsBefore);
    report.metric('network_losses', Math.max(0, missed - robotSocketDrops));

    const media = spent(MEDIA);
    report.metric('media_cores', media / seconds, 2);
    report.metric('media_us_per_packet', (1e6 * media) / packets, 2);
    report.metric('media_pct_core_per_100mbps', (100 * media) / ((8 * bytes) / 1e8), 1);
    report.metric('robot_cores', received.robotCpuSeconds / seconds, 2);
    report.metric('robot_us_per_packet', (1e6 * received.robotCpuSeconds) / packets, 2);
    report.metric('api_cores', spent(/^api-/) / seconds, 2);

    report.expectWithin('seats', { atLeast: seats, atMost: seats });
    report.expectWithin('loss_pct_max', { atMost: 1 });
    report.expectWithin('delivered_pct', { atLeast: 98 });
    report.expectWithin('media_cores', { atMost: 1 * options.patience });
  } finally {
    await robots.leave();
  }
  return report.build();
}

/** Ports of the workers: one each, UDP and TCP, in a row. */
function rtcPorts({ rtc }: Readonly<Record<string, number>>): number[] {
  return rtc === undefined ? [] : Array.from({ length: 10 }, (_, index) => rtc + index);
}
