import { Unwrapper } from '../rtp/unwrap.js';
import type { WorkerClock } from './clock.js';

/** Sender reports that are averaged by their median: the first ones of a stream rest on arrival, later ones on capture. */
const REPORTS = 5;
/** RTP time and arrival that part by more than this mean that the sender's RTP clock jumped (a new capture, a long pause). */
const JUMP_MS = 500;
/** A mapping that puts a packet's capture this far from its arrival is not believed: it is older than the last jump. */
const PLAUSIBLE_MS = 800;

/** A stretch of one RTP stream whose time stamps and arrivals keep step. */
interface Run {
  readonly firstRtp: number;
  /** Server time of RTP time stamp 0, by arrival: the least delayed packet so far. */
  arrivalZero: number;
  /** Worker time (NTP, ms) of RTP time stamp 0, one per report. */
  readonly reportZeros: number[];
  readonly before: Run | null;
}

/** Where on the server's clock the media of one RTP stream was captured. */
export class RtpTimeline {
  private readonly rtp = new Unwrapper(32);
  private run: Run | null = null;
  private lastArrival: { at: number; rtpMs: number } | null = null;
  private readonly runs: Run[] = [];

  /** @param clockRate Hz of the RTP time stamps */
  constructor(
    private readonly clockRate: number,
    private readonly clock: WorkerClock,
  ) {}

  /** Takes note of a packet's arrival and gives its unwrapped time stamp. Packets come in order of arrival. */
  packet(timestamp: number, at: number): number {
    const unwrapped = this.rtp.next(timestamp);
    const rtpMs = this.toMs(unwrapped);
    const last = this.lastArrival;
    const jumped = last !== null && Math.abs(at - last.at - (rtpMs - last.rtpMs)) > JUMP_MS;
    if (this.run === null || jumped) {
      this.run = { firstRtp: unwrapped, arrivalZero: at - rtpMs, reportZeros: [], before: this.run };
      this.runs.push(this.run);
    }
    this.run.arrivalZero = Math.min(this.run.arrivalZero, at - rtpMs);
    this.lastArrival = { at, rtpMs };
    return unwrapped;
  }

  /** Takes a sender report: worker time (ms) of an RTP time stamp. Ignored when it contradicts what arrived. */
  report(rtpTimestamp: number, workerMs: number): void {
    const difference = this.clock.differenceMs;
    if (this.run === null || difference === null) return;
    const zero = workerMs - this.toMs(this.rtp.peek(rtpTimestamp));
    if (!isPlausible(zero + difference, this.run)) return;
    this.run.reportZeros.push(zero);
    if (this.run.reportZeros.length > REPORTS) this.run.reportZeros.shift();
  }

  /** True when a report covers this time stamp's run, so that waiting longer gives nothing better. */
  isAligned(unwrapped: number): boolean {
    return (this.runOf(unwrapped)?.reportZeros.length ?? 0) > 0;
  }

  /**
   * Server time (ms since the epoch) at which the media with this unwrapped time stamp was captured: by the reports of its
   * run, else by those of the run before where they still fit (a stall looks like a jump), else by arrival.
   */
  serverMs(unwrapped: number): number {
    const run = this.runOf(unwrapped);
    if (!run) return 0;
    const own = this.zeroByReports(run);
    const older = own === null && run.before ? this.zeroByReports(run.before) : null;
    const zero = own ?? (older !== null && isPlausible(older, run) ? older : run.arrivalZero);
    return zero + this.toMs(unwrapped);
  }

  private zeroByReports(run: Run): number | null {
    const difference = this.clock.differenceMs;
    return run.reportZeros.length > 0 && difference !== null ? median(run.reportZeros) + difference : null;
  }

  private runOf(unwrapped: number): Run | null {
    for (let i = this.runs.length - 1; i >= 0; i--) {
      const run = this.runs[i];
      if (run && (unwrapped >= run.firstRtp || i === 0)) return run;
    }
    return null;
  }

  private toMs(unwrapped: number): number {
    return (unwrapped * 1000) / this.clockRate;
  }
}

const isPlausible = (zero: number, run: Run): boolean => Math.abs(zero - run.arrivalZero) <= PLAUSIBLE_MS;

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? 0;
}
